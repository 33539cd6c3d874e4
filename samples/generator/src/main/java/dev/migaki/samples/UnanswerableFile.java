package dev.migaki.samples;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes {@code unanswerable.jsonl}: questions that no document answers. {@code plausible} ones
 * could be asked of this company, {@code off-topic} ones could not.
 */
final class UnanswerableFile {
  private UnanswerableFile() {}

  static String write() {
    StringBuilder text = new StringBuilder();
    for (Language language : Language.values()) {
      int number = 0;
      for (String line : Resources.lines("unanswerable-" + language.code() + ".txt")) {
        if (line.startsWith("P: ") || line.startsWith("O: ")) {
          number++;
          Map<String, String> entry = new LinkedHashMap<>();
          entry.put("id", "unanswerable-%s-%02d".formatted(language.code(), number));
          entry.put("language", language.code());
          entry.put("kind", line.startsWith("P") ? "plausible" : "off-topic");
          entry.put("question", line.substring(3));
          text.append(Json.line(entry)).append('\n');
        }
      }
    }
    return text.toString();
  }
}
