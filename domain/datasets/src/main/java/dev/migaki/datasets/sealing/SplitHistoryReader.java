package dev.migaki.datasets.sealing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reads from the files of a sealed version what it trained and what it held out. */
public final class SplitHistoryReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> HELD = List.of("validation", "test", "edge", "unanswerable");

  private SplitHistoryReader() {}

  /**
   * The history in files that are read line by line, each time that somebody goes through it.
   *
   * @param files name to what opens the file, as {@link SealedVersion#files()} has them
   */
  public static SplitHistory read(Map<String, Supplier<InputStream>> files) {
    return new SplitHistory(
        action -> readQuestions(files.get("train"), action),
        action -> HELD.forEach(name -> readQuestions(files.get(name), action)));
  }

  /** The history that a version leaves to the next one; lasts until the version is closed. */
  public static SplitHistory of(SealedVersion version) {
    Map<String, Supplier<InputStream>> files = new java.util.HashMap<>();
    version.files().forEach((name, file) -> files.put(name, file::open));
    return read(files);
  }

  private static void readQuestions(
      @org.jspecify.annotations.Nullable Supplier<InputStream> file, Consumer<String> action) {
    if (file == null) {
      return;
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(file.get(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        for (JsonNode message : MAPPER.readTree(line).path("messages")) {
          if (message.path("role").asText().equals("user")) {
            action.accept(message.path("content").asText());
          }
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a file of a sealed version is not JSON lines");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a file of a sealed version", e);
    }
  }
}
