package dev.migaki.documents.parsing;

import dev.migaki.documents.Block.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chat logs and call transcripts in plain text: lines that begin with a speaker, with or without a
 * time before it, or that name a speaker and a time above what was said.
 */
final class ConversationText {

  private static final String DATE = "\\d{1,4}[-/.年]\\d{1,2}[-/.月]\\d{1,4}日?";
  private static final String TIME =
      "[\\[(（]?(?:"
          + DATE
          + "[T,\\s]*)?(?:午前|午後)?\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?"
          + "(?:Z|\\s?[AaPp]\\.?[Mm]\\.?)?[\\])）]?";
  private static final Pattern LABELLED =
      Pattern.compile(
          "^(?:"
              + TIME
              + "[\\s\\t-]*)?"
              + "(?:[\\[【<＜(（]([^:：\\[\\]【】<>()（）。、?!？！]{1,25})[\\])）】>＞]\\s*[:：]?"
              + "|([^\\s:：\\[\\]【】<>(（。、,?!？！][^:：\\[\\]【】<>。、?!？！]{0,24}?)(?:\\s*[(（]"
              + TIME
              + "[)）])?\\s*[:：](?!(?<=\\d[:：])\\d\\d))[\\s　]*(.*)$");
  private static final Pattern TIMED =
      Pattern.compile("^" + TIME + "[\\t ]+([^\\t]{1,24})\\t(.*)$");
  private static final Pattern TIME_AT_START = Pattern.compile("^" + TIME + "\\s.*");

  /** Teams, Slack and Discord: name and time on a line alone, what was said on the lines below. */
  private static final Pattern NAME_LINE =
      Pattern.compile(
          "^([^\\s:：\\[\\]【】<>。、?!？！,][^:：\\[\\]【】<>。、?!？！\\t]{0,39}?)"
              + "(?:[\\s　]{2,}|\\t|\\s+[—–-]\\s+|\\s+(?=[\\[(（]\\d))"
              + "(?:(?:Today|Yesterday|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?: at)? "
              + "|(?:今日|昨日|[月火水木金土日]曜日)[\\s　]*)?"
              + TIME
              + "$");

  /** Dates between messages, and what stands for a picture: nobody said these. */
  private static final Pattern UNSAID =
      Pattern.compile(
          DATE
              + "[\\s　]*[(（]?(?:[月火水木金土日](?:曜日)?|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*)?[)）]?"
              + "|(?:"
              + DATE
              + ",?\\s"
              + TIME
              + ") - .*"
              + "|<(?:Media omitted|メディアは含まれていません)>|\\[(?:スタンプ|写真|動画|Sticker|Photo|Video)]"
              + "|(?:image|video|sticker|audio|GIF|document) omitted");

  private static final Pattern DIRECTION = Pattern.compile("[\\u200e\\u200f\\u202a-\\u202c]");

  private record Line(String speaker, String text, boolean timed) {}

  private ConversationText() {}

  /** Appends the text as turns; false, without effect, if it is no conversation. */
  static boolean append(List<String> raw, Blocks blocks) {
    List<String> lines = raw.stream().map(ConversationText::plain).toList();
    List<@Nullable Line> parsed = parse(lines);
    Map<String, Integer> counts = new HashMap<>();
    List<String> order = new ArrayList<>();
    Set<String> timed = new LinkedHashSet<>();
    for (Line line : parsed) {
      if (line != null) {
        counts.merge(line.speaker(), 1, Integer::sum);
        order.add(line.speaker());
        if (line.timed()) {
          timed.add(line.speaker());
        }
      }
    }
    long filled = lines.stream().filter(line -> !line.isBlank()).count();
    Set<String> speakers = speakersIn(counts, order, timed);
    int turns = speakers.stream().mapToInt(speaker -> counts.getOrDefault(speaker, 0)).sum();
    boolean named = parsed.stream().anyMatch(line -> line != null && line.text().isEmpty());
    boolean timetable = named && turns == speakers.size();
    if (speakers.size() < 2 || turns < 3 || turns * 5L < filled || timetable) {
      return false;
    }
    Map<String, Role> roles = Speakers.rolesOf(new ArrayList<>(speakers));
    addTurns(lines, parsed, speakers, roles, blocks);
    return true;
  }

  /** Without the marks of direction and narrow spaces that telephones put around times. */
  private static String plain(String line) {
    return DIRECTION.matcher(line).replaceAll("").replace('\u202f', ' ');
  }

  /** Labels that are speakers: by name, after a time, or speaking again beside one of these. */
  private static Set<String> speakersIn(
      Map<String, Integer> counts, List<String> order, Set<String> timed) {
    boolean anyKnown = counts.keySet().stream().anyMatch(label -> known(label));
    Set<String> speakers = new LinkedHashSet<>();
    for (String label : order) {
      int count = counts.getOrDefault(label, 0);
      boolean again = anyKnown && count >= 2 && label.length() <= 20;
      if (known(label) || timed.contains(label) || again) {
        speakers.add(label);
      }
    }
    return speakers;
  }

  private static boolean known(String label) {
    return label.length() <= 20 && Speakers.isLabel(label);
  }

  /** What each line begins, null for lines that go on. */
  private static List<@Nullable Line> parse(List<String> lines) {
    List<@Nullable Line> parsed = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      Matcher name = NAME_LINE.matcher(lines.get(i).strip());
      boolean above = i + 1 < lines.size() && isSaid(lines.get(i + 1));
      parsed.add(
          name.matches()
              ? above ? new Line(name.group(1).strip(), "", true) : null
              : parse(lines.get(i)));
    }
    return parsed;
  }

  /** Whether a line can be what the name above it says; in a timetable, it is the next entry. */
  private static boolean isSaid(String line) {
    return !line.isBlank() && !NAME_LINE.matcher(line.strip()).matches();
  }

  private static @Nullable Line parse(String line) {
    Matcher timed = TIMED.matcher(line);
    if (timed.matches()) {
      return new Line(timed.group(1).strip(), timed.group(2), true);
    }
    String bare = line.strip();
    Matcher labelled = LABELLED.matcher(bare);
    if (!labelled.matches() || labelled.group(3).startsWith("//")) {
      return null;
    }
    String label = labelled.group(1) == null ? labelled.group(2) : labelled.group(1);
    return new Line(label.strip(), labelled.group(3), TIME_AT_START.matcher(bare).matches());
  }

  private static void addTurns(
      List<String> lines,
      List<@Nullable Line> starts,
      Set<String> speakers,
      Map<String, Role> roles,
      Blocks blocks) {
    List<String> before = new ArrayList<>();
    String speaker = null;
    List<String> said = new ArrayList<>();
    boolean blank = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Line parsed = starts.get(i);
      if (parsed != null && speakers.contains(parsed.speaker())) {
        PlainTextReader.appendStructure(before, blocks);
        before.clear();
        if (!parsed.speaker().equals(speaker)) {
          endTurn(speaker, said, roles, blocks);
          speaker = parsed.speaker();
        }
        add(parsed.text(), said);
      } else if (speaker == null || blank && isBoundary(line)) {
        endTurn(speaker, said, roles, blocks);
        speaker = null;
        before.add(line);
      } else {
        add(line.strip(), said);
      }
      blank = line.isBlank();
    }
    endTurn(speaker, said, roles, blocks);
    PlainTextReader.appendStructure(before, blocks);
  }

  private static void add(String text, List<String> said) {
    if (!text.isBlank() && !UNSAID.matcher(text).matches()) {
      said.add(text);
    }
  }

  /** Something that starts a new conversation rather than going on with a turn. */
  private static boolean isBoundary(String line) {
    return line.matches("^\\s*(?:#{1,6}\\s.*|[■◆●▼◎【].*|[-=*_─━＝]{3,}.*)$");
  }

  private static void endTurn(
      @Nullable String speaker, List<String> said, Map<String, Role> roles, Blocks blocks) {
    if (speaker != null) {
      blocks.turn(roles.getOrDefault(speaker, Role.OTHER), speaker, String.join("\n", said));
    }
    said.clear();
  }
}
