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
 * time before it.
 */
final class ConversationText {

  private static final String TIME =
      "[\\[(（]?(?:\\d{4}[-/.年]\\d{1,2}[-/.月]\\d{1,2}日?[T\\s]*)?\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?"
          + "(?:Z|\\s?[AaPp][Mm])?[\\])）]?";
  private static final Pattern LABELLED =
      Pattern.compile(
          "^(?:"
              + TIME
              + "[\\s\\t-]*)?"
              + "(?:[\\[【<＜(（]([^:：\\[\\]【】<>()（）。、?!？！]{1,25})[\\])）】>＞]\\s*[:：]?"
              + "|([^\\s:：\\[\\]【】<>(（。、,?!？！][^:：\\[\\]【】<>。、?!？！]{0,24}?)(?:\\s*[(（]"
              + TIME
              + "[)）])?\\s*[:：])[\\s　]*(.*)$");
  private static final Pattern TIMED =
      Pattern.compile("^" + TIME + "[\\t ]+([^\\t]{1,24})\\t(.*)$");
  private static final Pattern TIME_AT_START = Pattern.compile("^" + TIME + "\\s.*");

  private record Line(String speaker, String text) {}

  private ConversationText() {}

  /** Appends the text as turns; false, without effect, if it is no conversation. */
  static boolean append(List<String> lines, Blocks blocks) {
    Map<String, Integer> counts = new HashMap<>();
    List<String> order = new ArrayList<>();
    int filled = 0;
    Set<String> timed = new LinkedHashSet<>();
    for (String line : lines) {
      filled += line.isBlank() ? 0 : 1;
      Line parsed = parse(line);
      if (parsed != null) {
        counts.merge(parsed.speaker(), 1, Integer::sum);
        order.add(parsed.speaker());
        if (TIME_AT_START.matcher(line.strip()).matches()) {
          timed.add(parsed.speaker());
        }
      }
    }
    Set<String> speakers = speakersIn(counts, order, timed);
    int turns = speakers.stream().mapToInt(speaker -> counts.getOrDefault(speaker, 0)).sum();
    if (speakers.size() < 2 || turns < 3 || turns * 5 < filled) {
      return false;
    }
    Map<String, Role> roles = Speakers.rolesOf(new ArrayList<>(speakers));
    addTurns(lines, speakers, roles, blocks);
    return true;
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

  private static @Nullable Line parse(String line) {
    Matcher timed = TIMED.matcher(line);
    if (timed.matches()) {
      return new Line(timed.group(1).strip(), timed.group(2));
    }
    Matcher labelled = LABELLED.matcher(line.strip());
    if (!labelled.matches() || labelled.group(3).startsWith("//")) {
      return null;
    }
    String label = labelled.group(1) == null ? labelled.group(2) : labelled.group(1);
    return new Line(label.strip(), labelled.group(3));
  }

  private static void addTurns(
      List<String> lines, Set<String> speakers, Map<String, Role> roles, Blocks blocks) {
    List<String> before = new ArrayList<>();
    String speaker = null;
    List<String> said = new ArrayList<>();
    boolean blank = false;
    for (String line : lines) {
      Line parsed = parse(line);
      if (parsed != null && speakers.contains(parsed.speaker())) {
        PlainTextReader.appendStructure(before, blocks);
        before.clear();
        if (!parsed.speaker().equals(speaker)) {
          endTurn(speaker, said, roles, blocks);
          speaker = parsed.speaker();
        }
        said.add(parsed.text());
      } else if (speaker == null || blank && isBoundary(line)) {
        endTurn(speaker, said, roles, blocks);
        speaker = null;
        before.add(line);
      } else if (!line.isBlank()) {
        said.add(line.strip());
      }
      blank = line.isBlank();
    }
    endTurn(speaker, said, roles, blocks);
    PlainTextReader.appendStructure(before, blocks);
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
