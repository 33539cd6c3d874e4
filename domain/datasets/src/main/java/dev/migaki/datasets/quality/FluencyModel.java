package dev.migaki.datasets.quality;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A character 5-gram model with interpolated back-off (Jelinek and Mercer 1980), counted over a
 * dataset and a small shipped background in Japanese and English. Characters, so that one model
 * serves all scripts; hashed into fixed tables, so that memory does not grow with the dataset.
 *
 * <p>A text is scored without its own counts: what nothing else in the dataset resembles scores
 * high. Scores rank texts of one dataset; they mean nothing across datasets.
 */
public final class FluencyModel {
  private static final int ORDER = 5;
  private static final int SLOTS = 1 << 20;

  /** Weight of the longest context that was seen; the rest goes to the shorter ones. */
  private static final double LONGEST = 0.7;

  /** Characters that a text may consist of, for the share of the unseen ones. */
  private static final double ALPHABET = 4000;

  private static final double LOG_2 = StrictMath.log(2);

  private static final Pattern PLACEHOLDER = Pattern.compile("<[a-z_]+_[0-9a-f]+>");

  private final int[] counts = new int[SLOTS];

  private FluencyModel() {}

  /** A model of the background and some texts. */
  public static FluencyModel of(Stream<String> texts) {
    FluencyModel model = new FluencyModel();
    background().forEach(model::add);
    texts.forEach(model::add);
    return model;
  }

  private void add(String text) {
    addInPlace(slots(normal(text)), 1);
  }

  private void addInPlace(int[] slots, int each) {
    for (int slot : slots) {
      counts[slot] += each;
    }
  }

  /**
   * Bits per character of a text, lower for what reads like the others. Not thread-safe: what a
   * text added itself is taken out while it is scored.
   *
   * @param own whether the text is one of those that the model was made of
   */
  public double bitsPerCharacter(String text, boolean own) {
    String normal = normal(text);
    if (normal.isEmpty()) {
      return 0;
    }
    int[] slots = slots(normal);
    if (own) {
      addInPlace(slots, -1);
    }
    double bits = bits(slots);
    if (own) {
      addInPlace(slots, 1);
    }
    return bits / (normal.length() - ORDER + 1);
  }

  private double bits(int[] slots) {
    double bits = 0;
    for (int first = 0; first < slots.length; first += 2 * ORDER) {
      double probability = 1 / ALPHABET;
      for (int i = first; i < first + 2 * ORDER; i += 2) {
        int context = counts[slots[i + 1]];
        if (context > 0) {
          double share = Math.min(1, (double) counts[slots[i]] / context);
          probability = LONGEST * share + (1 - LONGEST) * probability;
        }
      }
      bits -= StrictMath.log(probability) / LOG_2;
    }
    return bits;
  }

  /** Slots of each character's 1- to 5-gram, each with that of its context behind it. */
  private static int[] slots(String normal) {
    int[] slots = new int[2 * ORDER * Math.max(0, normal.length() - ORDER + 1)];
    int next = 0;
    for (int i = ORDER - 1; i < normal.length(); i++) {
      for (int length = 1; length <= ORDER; length++) {
        slots[next++] = slot(normal, i - length + 1, i + 1);
        slots[next++] = contextSlot(normal, i - length + 1, i);
      }
    }
    return slots;
  }

  private static int slot(String text, int from, int to) {
    return hash(text, from, to, 17);
  }

  private static int contextSlot(String text, int from, int to) {
    return hash(text, from, to, 91);
  }

  private static int hash(String text, int from, int to, int seed) {
    int hash = seed * 0x9E3779B9 + (to - from);
    for (int i = from; i < to; i++) {
      hash = (hash ^ text.charAt(i)) * 0x85EBCA6B;
      hash ^= hash >>> 13;
    }
    return (hash ^ hash >>> 16) & (SLOTS - 1);
  }

  /** With room in front, so that the first characters have a context too. */
  private static String normal(String text) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    if (folded.indexOf('<') >= 0) {
      folded = PLACEHOLDER.matcher(folded).replaceAll("x");
    }
    StringBuilder normal = new StringBuilder(folded.length() + ORDER);
    char last = 0;
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      // one zero for a number, one space for white space as regular expressions know it
      char shown = c >= '0' && c <= '9' ? '0' : c == ' ' || c >= '\t' && c <= '\r' ? ' ' : c;
      if (shown != last || shown != '0' && shown != ' ') {
        normal.append(shown);
      }
      last = shown;
    }
    String stripped = normal.toString().strip();
    return stripped.isEmpty() ? "" : " ".repeat(ORDER - 1) + stripped;
  }

  private static Collection<String> background() {
    try (InputStream stream = FluencyModel.class.getResourceAsStream("fluency-background.txt")) {
      if (stream == null) {
        throw new IllegalStateException("missing in the jar: fluency-background.txt");
      }
      return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
