package dev.migaki.documents.parsing;

import dev.migaki.documents.Block.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits a mail body into who wrote what, oldest first: the sender's own words, and each message
 * that it quotes, without quote marks, greetings and signatures.
 */
final class MailThread {

  /**
   * A message of the thread.
   *
   * @param sender null where the quote does not say
   * @param aside whether it only stands above a mail that is passed on, and answers nothing
   */
  record Message(@Nullable String sender, String text, boolean aside) {
    Message(@Nullable String sender, String text) {
      this(sender, text, false);
    }
  }

  private static final Pattern ORIGINAL =
      Pattern.compile(
          "(?i)^[\\s>]*[-_=*]{2,}\\s*(?:original message|forwarded message|begin forwarded message"
              + "|reply message|元のメッセージ|転送メッセージ|原文|オリジナルメッセージ)\\s*[-_=*]{0,}\\s*$"
              + "|^begin forwarded message:$");
  private static final Pattern FORWARDED =
      Pattern.compile(
          "(?i)[\\s>]*[-_=*]{2,}\\s*(?:forwarded message|begin forwarded message|転送メッセージ)\\s*[-_=*]*\\s*|begin forwarded message:");
  private static final Pattern WROTE =
      Pattern.compile(
          "(?i)^\\s*(?:on\\s.{4,120}\\bwrote:|.{0,120}<[^>]+@[^>]+>\\s*(?:wrote|schrieb|a écrit|escribió)?\\s*:"
              + "|\\d{4}[-/年].{4,100}(?:[:：]|さんは書きました[:：]?|のメール[:：]?)"
              + "|(?:am|le|el)\\s.{4,120}(?:schrieb|a écrit|escribió).{0,60}:)\\s*$");
  private static final Pattern SENDER_IN_WROTE =
      Pattern.compile("([^,、<>:]{1,40}?)\\s*<([^>]+@[^>]+)>");
  private static final Pattern HEADER =
      Pattern.compile(
          "(?i)^\\*?(?:from|sent|to|date|cc|subject|差出人|送信日時|送信者|宛先|件名|日時|日付|送信元|返信先)\\*?\\s*[:：]\\s*(.*)$");
  private static final Pattern FROM_HEADER =
      Pattern.compile("(?i)^\\*?(?:from|差出人|送信者|送信元)\\*?\\s*[:：]\\s*(.*)$");
  private static final int MAX_MESSAGES = 50;
  private static final int MAX_MARKER_LENGTH = 300;

  private MailThread() {}

  /** The messages of a body, oldest first. */
  static List<Message> split(@Nullable String sender, String body) {
    List<Message> newestFirst = new ArrayList<>();
    List<String> lines = TextLines.split(body);
    String current = sender;
    // a level of quotes may hold nothing of its own
    for (int level = 0; level < 2 * MAX_MESSAGES && newestFirst.size() < MAX_MESSAGES; level++) {
      Cut cut = firstCut(lines);
      List<String> own = lines.subList(0, cut.at());
      List<String> rest = lines.subList(Math.min(cut.next(), lines.size()), lines.size());
      List<Message> interleaved = interleaved(current, own);
      Collections.reverse(interleaved);
      newestFirst.addAll(interleaved);
      if (cut.at() >= lines.size()) {
        break;
      }
      if (FORWARDED.matcher(lines.get(cut.at()).strip()).matches()) {
        newestFirst.replaceAll(newer -> new Message(newer.sender(), newer.text(), true));
      }
      current = cut.sender();
      lines = unquote(rest);
    }
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  /** Own words in one piece, or the quoted questions and the answers under each. */
  private static List<Message> interleaved(@Nullable String sender, List<String> own) {
    List<Message> messages = new ArrayList<>();
    List<String> open = new ArrayList<>();
    boolean quoting = false;
    List<String> kept = MailTrim.withoutSignature(own);
    for (String line : kept) {
      boolean quoted = isQuoted(line) || quoting && line.isBlank();
      if (quoted != quoting && !line.isBlank()) {
        addUnlessEmpty(messages, quoting ? null : sender, quoting ? unquote(open) : open);
        open.clear();
        quoting = quoted;
      }
      open.add(line);
    }
    addUnlessEmpty(messages, quoting ? null : sender, quoting ? unquote(open) : open);
    return messages;
  }

  private static void addUnlessEmpty(
      List<Message> messages, @Nullable String sender, List<String> lines) {
    String text = MailTrim.trim(lines, sender);
    if (!text.isEmpty()) {
      messages.add(new Message(sender, text));
    }
  }

  /**
   * Where the own words end.
   *
   * @param at first line that is not one's own
   * @param next first line of the quoted message's body
   */
  private record Cut(int at, int next, @Nullable String sender) {}

  private static Cut firstCut(List<String> lines) {
    int lastOwn = lastOwn(lines);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.length() > MAX_MARKER_LENGTH) {
        continue;
      }
      if (ORIGINAL.matcher(line.strip()).matches()) {
        return afterHeaders(lines, i, i + 1);
      }
      String two = i + 1 < lines.size() ? line.strip() + " " + lines.get(i + 1).strip() : line;
      if (WROTE.matcher(line).matches()) {
        return new Cut(i, i + 1, senderOf(line));
      }
      if (line.strip().startsWith("On ") && WROTE.matcher(two).matches()) {
        return new Cut(i, i + 2, senderOf(two));
      }
      if (startsHeaders(lines, i)) {
        return afterHeaders(lines, i, i);
      }
      if (isQuoted(line) && i > lastOwn) {
        return new Cut(i, i, null);
      }
    }
    return new Cut(lines.size(), lines.size(), null);
  }

  private static boolean isQuoted(String line) {
    return line.stripLeading().startsWith(">") || line.stripLeading().startsWith("＞");
  }

  /** A quote in the middle of an answer is context and stays; one at the end is history. */
  private static int lastOwn(List<String> lines) {
    int last = lines.size() - 1;
    while (last >= 0 && (lines.get(last).isBlank() || isQuoted(lines.get(last)))) {
      last--;
    }
    return last;
  }

  private static boolean startsHeaders(List<String> lines, int at) {
    if (!FROM_HEADER.matcher(bare(lines.get(at))).matches()) {
      return false;
    }
    int headers = 0;
    for (int i = at; i < Math.min(at + 6, lines.size()); i++) {
      headers += HEADER.matcher(bare(lines.get(i))).matches() ? 1 : 0;
    }
    return headers >= 3;
  }

  private static Cut afterHeaders(List<String> lines, int at, int from) {
    String sender = null;
    int i = from;
    while (i < lines.size()) {
      String line = bare(lines.get(i));
      Matcher fromHeader = FROM_HEADER.matcher(line);
      if (fromHeader.matches()) {
        sender = fromHeader.group(1).strip();
      } else if (!HEADER.matcher(line).matches() && !(line.isEmpty() && sender == null)) {
        break;
      }
      i++;
    }
    return new Cut(at, i, sender);
  }

  private static String bare(String line) {
    return line.strip().replaceFirst("^[>＞\\s]+", "");
  }

  private static @Nullable String senderOf(String line) {
    Matcher matcher = SENDER_IN_WROTE.matcher(line);
    if (matcher.find()) {
      String name =
          matcher.group(1).replaceFirst("^\\s*\\d{1,2}\\s*(?:[AaPp]\\.?[Mm]\\.?)?\\s+", "").strip();
      return name.isEmpty() ? matcher.group(2) : name + " <" + matcher.group(2) + ">";
    }
    return null;
  }

  private static List<String> unquote(List<String> lines) {
    List<String> plain = new ArrayList<>(lines.size());
    for (String line : lines) {
      String stripped = line.stripLeading();
      boolean quoted = isQuoted(line);
      plain.add(quoted ? stripped.substring(1).replaceFirst("^ ", "") : line);
    }
    return plain;
  }

  /** Whether an address or name belongs to those who answer. */
  static Role roleOf(@Nullable String sender) {
    if (sender == null) {
      return Role.OTHER;
    }
    String lower = sender.toLowerCase(Locale.ROOT);
    int at = lower.indexOf('@');
    String local = at < 0 ? "" : lower.substring(lower.lastIndexOf('<', at) + 1, at);
    boolean desk =
        local.matches(
            ".*(?:support|help|info|contact|service|sales|care|desk|noreply|no-reply|office|admin"
                + "|staff|team|reply|inquiry|toiawase|otoiawase).*|cs|ml");
    return desk || Speakers.roleOf(sender).filter(role -> role == Role.AGENT).isPresent()
        ? Role.AGENT
        : Role.OTHER;
  }
}
