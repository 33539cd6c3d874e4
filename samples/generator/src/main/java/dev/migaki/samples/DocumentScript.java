package dev.migaki.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The script of one file: its name, format, options and body with markup.
 *
 * <p>A script starts with {@code === name | format | option=value | …} and ends before the next
 * one.
 */
public record DocumentScript(
    Batch batch,
    Language language,
    String fileName,
    String format,
    Map<String, String> options,
    List<String> body) {

  public DocumentScript {
    options = Map.copyOf(options);
    body = List.copyOf(body);
  }

  /** Reads every script of a batch in one language, for example {@code first-ja.txt}. */
  public static List<DocumentScript> load(Batch batch, Language language) {
    List<DocumentScript> scripts = new ArrayList<>();
    String header = "";
    List<String> body = new ArrayList<>();
    for (String line : Resources.lines(batch.folder() + "-" + language.code() + ".txt")) {
      if (line.startsWith("=== ")) {
        if (!header.isEmpty()) {
          scripts.add(parse(batch, language, header, body));
        }
        header = line.substring(4);
        body = new ArrayList<>();
      } else if (!header.isEmpty()) {
        body.add(line);
      }
    }
    scripts.add(parse(batch, language, header, body));
    return scripts;
  }

  private static DocumentScript parse(
      Batch batch, Language language, String header, List<String> body) {
    String[] parts = header.split("\\s*\\|\\s*");
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 2; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      options.put(parts[i].substring(0, equals), parts[i].substring(equals + 1).trim());
    }
    return new DocumentScript(
        batch, language, parts[0].trim(), parts[1].trim(), options, trimmed(body));
  }

  private static List<String> trimmed(List<String> lines) {
    int start = 0;
    int end = lines.size();
    while (start < end && lines.get(start).isBlank()) {
      start++;
    }
    while (end > start && lines.get(end - 1).isBlank()) {
      end--;
    }
    return lines.subList(start, end);
  }

  /** The option's value, or the given one when the script does not set it. */
  public String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  /** The option's value; a script without it is wrong. */
  public String option(String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException(fileName + " lacks the option " + name);
    }
    return value;
  }
}
