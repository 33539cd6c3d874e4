package dev.migaki.documents.parsing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cuts greetings at the top and closings and signatures at the bottom of a message. */
final class MailTrim {

  private static final Pattern GREETING =
      Pattern.compile(
          "(?i)^(?:(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))\\b.{0,40}[,!.，:]?"
              + "|(?:いつも)?(?:大変)?お世話になり(?:ます|ました)(?:[。.、\\s].{0,20}(?:です|と申します|でございます))?[。.]?|(?:いつも)?(?:大変)?お世話になって(?:おります|います)(?:.{0,20}|[。、].{0,30}(?:です|と申します|でございます)[。.]?)|.{1,30}(?:様|さま|御中|殿)(?:[、,])?"
              + "|(?:この度|いつも).{0,30}(?:ご利用|お問い合わせ).{0,20}ありがとうございます[。.]?"
              + "|(?:お)?問い合わせいただき.{0,20}ありがとうございます[。.]?)$");

  /** What mail servers put above mails from outside. */
  private static final Pattern BANNER =
      Pattern.compile(
          "(?i)^[\\[(*【※\\s]*(?:(?=.*(?:external|outside|not click))"
              + "(?=.*(?:e-?mail|message|sender|links?|attachments?))"
              + "(?:caution|warning|attention|notice|external|this (?:e-?mail|message))\\b.{0,250}"
              + "|external[\\])*\\s]*|(?:注意|警告)?.{0,6}(?:外部|社外)(?:からの)?(?:メール|送信者).{0,80})$");

  private static final Pattern SELF =
      Pattern.compile("^([\\p{L}\\s　]{1,20}?)(?:です|でございます|と申します)[。.]?$");
  private static final Pattern INTRODUCTION =
      Pattern.compile(
          "^(?:株式会社.{1,30}|.{1,30}(?:株式会社|サポート|センター|窓口|事務局).{0,12})(?:の|・)?.{0,12}(?:です|でございます)[。.]?$");
  private static final Pattern CLOSING =
      Pattern.compile(
          "(?i)^(?:(?:best|kind|warm|many)?\\s*(?:regards|wishes)|thanks(?: again| in advance)?"
              + "|thank you(?: very much)?|many thanks|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)"
              + "|cheers|best|(?:thanks|thank you|regards|best wishes|cheers),? [a-z]+(?: [a-z]+)?|sent from my .{1,30}|sent (?:via|from) .{1,30}|get outlook for .{1,60}|outlook for .{1,12}を入手.{0,60}|(?:iphone|ipad|android|スマートフォン)から送信"
              + "|(?:以上、?)?(?:何卒|どうぞ|ご確認の(?:ほど|程)、?)?(?:宜しく|よろしく)(?:お願い|御願い)(?:いた|致)?し(?:ます|上げます|申し上げます)"
              + "|敬具|以上)[,.!。、]?$");
  private static final Pattern SIGNATURE_MARK = Pattern.compile("^(?:--\\s?|__+|[-=─━＝*＊☆★]{5,})$");
  private static final int MAX_SIGNATURE_LINES = 12;

  private MailTrim() {}

  static List<String> withoutSignature(List<String> lines) {
    List<String> kept = new ArrayList<>(lines);
    cutSignature(kept);
    dropBlankEnds(kept);
    return kept;
  }

  /**
   * @param sender whose name at the end is a signature, null if unknown
   */
  static String trim(List<String> lines, @Nullable String sender) {
    List<String> kept = withoutSignature(lines);
    while (kept.size() > 1 && isName(kept.get(kept.size() - 1).strip(), sender)) {
      kept.remove(kept.size() - 1);
      dropBlankEnds(kept);
    }
    int greetings = 0;
    while (!kept.isEmpty() && greetings < 4 && isLead(kept.get(0).strip(), sender)) {
      kept.remove(0);
      dropBlankEnds(kept);
      greetings++;
    }
    if (kept.isEmpty()) {
      // the whole message was a greeting: it stays out
      return "";
    }
    return paragraphs(kept);
  }

  private static boolean isName(String line, @Nullable String sender) {
    return sender != null && line.length() > 1 && line.length() < 40 && sender.contains(line);
  }

  private static boolean isLead(String line, @Nullable String sender) {
    Matcher self = SELF.matcher(line);
    return isGreeting(line)
        || BANNER.matcher(line).matches()
        || self.matches() && isName(self.group(1).strip(), sender);
  }

  private static boolean isGreeting(String line) {
    return GREETING.matcher(line).matches() || INTRODUCTION.matcher(line).matches();
  }

  private static void cutSignature(List<String> lines) {
    for (int i = Math.max(1, firstNearEnd(lines)); i < lines.size(); i++) {
      String line = lines.get(i).strip();
      boolean mark = lines.get(i).equals("-- ") || SIGNATURE_MARK.matcher(line).matches();
      if (mark || CLOSING.matcher(line).matches()) {
        lines.subList(i, lines.size()).clear();
        return;
      }
    }
  }

  /** The first line with no more lines of text after it than a signature has. */
  private static int firstNearEnd(List<String> lines) {
    int first = lines.size() - 1;
    int filled = 0;
    while (first > 0) {
      filled += lines.get(first).isBlank() ? 0 : 1;
      if (filled > MAX_SIGNATURE_LINES) {
        return first;
      }
      first--;
    }
    return first;
  }

  private static void dropBlankEnds(List<String> lines) {
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).isBlank()) {
      end--;
    }
    lines.subList(end, lines.size()).clear();
    int start = 0;
    while (start < lines.size() && lines.get(start).isBlank()) {
      start++;
    }
    lines.subList(0, start).clear();
  }

  private static String paragraphs(List<String> lines) {
    StringBuilder text = new StringBuilder();
    List<String> open = new ArrayList<>();
    for (String line : lines) {
      if (line.isBlank()) {
        close(open, text);
      } else {
        open.add(line.strip());
      }
    }
    close(open, text);
    return text.toString();
  }

  private static void close(List<String> open, StringBuilder text) {
    if (!open.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n").append(PlainTextReader.unwrap(open));
      open.clear();
    }
  }
}
