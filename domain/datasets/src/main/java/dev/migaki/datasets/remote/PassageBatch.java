package dev.migaki.datasets.remote;

import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Passage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passages in one text, to be read by one request, and the way back. A passage that is too long is
 * cut where a sentence or a word ends, and what stands at the cut is in both parts.
 */
final class PassageBatch {
  private static final String BETWEEN = "\n\n";
  private static final String ENDS_OF_SENTENCES = "。！？!?\n";
  private static final int MAX_LABEL = 100;

  /** Most characters that two parts of a passage share: longer than what is looked for. */
  private static final int OVERLAP = 120;

  private static final int LONG_WORD = 30;

  private final StringBuilder text = new StringBuilder();
  private final List<Part> parts = new ArrayList<>();

  /**
   * A stretch of a passage in the text.
   *
   * @param at where it stands in the text
   * @param from where it begins in the passage
   */
  private record Part(int passage, int at, int from, int length) {}

  private PassageBatch() {}

  /**
   * Packs those of some passages that hold a letter or a digit.
   *
   * @param indices of the passages to pack
   * @param maxCharacters of one batch; at least 500
   */
  static List<PassageBatch> pack(List<Passage> passages, List<Integer> indices, int maxCharacters) {
    List<PassageBatch> batches = new ArrayList<>();
    PassageBatch open = new PassageBatch();
    for (int index : indices) {
      String whole = passages.get(index).text();
      if (whole.codePoints().noneMatch(Character::isLetterOrDigit)) {
        continue;
      }
      String label = label(passages.get(index).label());
      int room = maxCharacters - label.length() - BETWEEN.length();
      int from = 0;
      while (from < whole.length()) {
        int to = whole.length() - from <= room ? whole.length() : cut(whole, from, from + room);
        if (open.text.length() + BETWEEN.length() + label.length() + to - from > maxCharacters) {
          batches.add(open);
          open = new PassageBatch();
        }
        open.add(index, label, whole, from, to);
        from = to == whole.length() ? to : again(whole, from, to);
      }
    }
    batches.add(open);
    batches.removeIf(batch -> batch.parts.isEmpty());
    return batches;
  }

  private static String label(@Nullable String label) {
    if (label == null || label.isBlank()) {
      return "";
    }
    String line = label.strip().replaceAll("\\s+", " ");
    return line.substring(0, Math.min(MAX_LABEL, line.length())) + ": ";
  }

  private void add(int passage, String label, String whole, int from, int to) {
    text.append(text.isEmpty() ? "" : BETWEEN).append(label);
    parts.add(new Part(passage, text.length(), from, to - from));
    text.append(whole, from, to);
  }

  /** Where to end a part that can at most go to a limit. */
  private static int cut(String text, int from, int limit) {
    int least = from + (limit - from) / 2;
    int space = -1;
    for (int end = limit; end > least; end--) {
      char last = text.charAt(end - 1);
      boolean sentence =
          ENDS_OF_SENTENCES.indexOf(last) >= 0
              || last == '.' && Character.isWhitespace(text.charAt(end));
      if (sentence) {
        return end;
      }
      if (space < 0 && Character.isWhitespace(last)) {
        space = end;
      }
    }
    return space > 0 ? space : wholeCharacter(text, limit);
  }

  /** Where the part after a cut begins. */
  private static int again(String text, int from, int cut) {
    int earliest = Math.max(cut - OVERLAP, from + (cut - from) / 2);
    for (int start = earliest; start < earliest + LONG_WORD && start < cut; start++) {
      if (Character.isWhitespace(text.charAt(start))) {
        return start + 1;
      }
    }
    return wholeCharacter(text, earliest);
  }

  private static int wholeCharacter(String text, int index) {
    boolean within =
        Character.isLowSurrogate(text.charAt(index))
            && Character.isHighSurrogate(text.charAt(index - 1));
    return within ? index - 1 : index;
  }

  String text() {
    return text.toString();
  }

  /**
   * Adds a finding on the text to those of the passages in which it lies.
   *
   * @param start UTF-16 index in the text
   * @param found per passage
   */
  void report(
      int start,
      int end,
      FindingType type,
      double score,
      String recognizer,
      List<List<Finding>> found) {
    for (Part part : parts) {
      int from = Math.max(start, part.at());
      int to = Math.min(end, part.at() + part.length());
      if (from < to) {
        int move = part.from() - part.at();
        found.get(part.passage()).add(new Finding(type, from + move, to + move, score, recognizer));
      }
    }
  }

  /** Room for the findings of each passage. */
  static List<List<Finding>> nothing(List<Passage> passages) {
    List<List<Finding>> found = new ArrayList<>(passages.size());
    passages.forEach(passage -> found.add(new ArrayList<>()));
    return found;
  }
}
