package dev.migaki.cleansing.recognition;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the word lists that ship with this module: one entry a line, "#" starts a comment. */
public final class WordList {

  private WordList() {}

  /**
   * Lines of a resource of this module, without comments and blanks.
   *
   * @throws IllegalArgumentException if the module ships no such list
   */
  public static List<String> load(String name) {
    InputStream stream = WordList.class.getResourceAsStream("/dev/migaki/cleansing/" + name);
    if (stream == null) {
      throw new IllegalArgumentException("no word list " + name);
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
