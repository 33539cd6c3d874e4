package dev.migaki.cleansing.generated;

import dev.migaki.cleansing.recognition.FindingType;
import org.jspecify.annotations.Nullable;

/**
 * A sentence with one value in it, or with none.
 *
 * @param type of the value; null if the sentence holds nothing personal
 * @param start UTF-16 index of the value
 */
public record GeneratedCase(String text, @Nullable FindingType type, int start, int end) {

  static GeneratedCase of(FindingType type, String sentence, String value) {
    int start = sentence.indexOf("{}");
    return new GeneratedCase(sentence.replace("{}", value), type, start, start + value.length());
  }

  static GeneratedCase clean(String text) {
    return new GeneratedCase(text, null, 0, 0);
  }
}
