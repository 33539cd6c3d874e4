package dev.migaki.lm.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code --name value} pairs of a command line; a name may repeat. */
final class Arguments {

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException when the line is not made of pairs, or a name is unknown
   */
  Arguments(String[] line, List<String> known) {
    for (int i = 0; i < line.length; i += 2) {
      if (!line[i].startsWith("--") || !known.contains(line[i].substring(2))) {
        throw new IllegalArgumentException(
            "unknown argument " + line[i] + "; known: --" + String.join(" --", known));
      }
      if (i + 1 == line.length) {
        throw new IllegalArgumentException(line[i] + " has no value");
      }
      values.computeIfAbsent(line[i].substring(2), key -> new ArrayList<>()).add(line[i + 1]);
    }
  }

  Optional<String> text(String name) {
    List<String> found = values.get(name);
    return found == null ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  String text(String name, String fallback) {
    return text(name).orElse(fallback);
  }

  Path path(String name) {
    return text(name)
        .map(Path::of)
        .orElseThrow(() -> new IllegalArgumentException("--" + name + " is required"));
  }

  List<Path> paths(String name) {
    return values.getOrDefault(name, List.of()).stream().map(Path::of).toList();
  }

  double number(String name, double fallback) {
    return text(name).map(Double::parseDouble).orElse(fallback);
  }

  int integer(String name, int fallback) {
    return text(name).map(Integer::parseInt).orElse(fallback);
  }
}
