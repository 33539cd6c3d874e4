package dev.migaki.recipes;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The recipe files of a directory, {@code <dataset>.yaml} or else {@code default.yaml}. They are
 * looked at each time, so that a change needs no restart; a file with the same bytes is not read
 * anew.
 *
 * <p>Each stage reads the blocks that are its own. That no other block stands there is looked at by
 * all of them.
 *
 * @param <T> what a stage makes of a recipe
 */
public final class RecipeFiles<T> {
  /** All that may stand in a recipe, whoever reads it. */
  private static final List<String> BLOCKS =
      List.of(
          "languages",
          "seed",
          "documents",
          "seal",
          "findings",
          "quality",
          "teacher",
          "augmentation",
          "declines",
          "split",
          "decontamination",
          "privacyProbe",
          "training",
          "budget",
          "retrain",
          "gate");

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private final Path directory;
  private final Reader<T> reader;
  private final Map<Path, Known<T>> known = new ConcurrentHashMap<>();

  public RecipeFiles(Path directory, Reader<T> reader) {
    this.directory = directory;
    this.reader = reader;
  }

  /**
   * Makes something of a recipe.
   *
   * @param <T> what
   */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * @param bytes of the file, none when there is no file
     * @throws IllegalArgumentException naming the key whose value is wrong
     */
    T read(RecipeBlock recipe, byte[] bytes);
  }

  /** What a file said the last time. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content
  private record Known<T>(byte[] bytes, T recipe) {}

  /**
   * A dataset's recipe; one without blocks when there is no file.
   *
   * @throws IllegalArgumentException naming file and key when it is no recipe; it has to be changed
   */
  public T of(String dataset) {
    Path own = directory.resolve(dataset + ".yaml");
    boolean inside = own.normalize().startsWith(directory.normalize());
    Path file = inside && Files.exists(own) ? own : directory.resolve("default.yaml");
    try {
      byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      Known<T> last = known.get(file);
      if (last == null || !Arrays.equals(last.bytes(), bytes)) {
        last = new Known<>(bytes, read(bytes, reader));
        known.put(file, last);
      }
      return last.recipe();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "recipe " + file.getFileName() + " cannot be read: " + e.getClass().getSimpleName(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("recipe " + file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads the bytes of one recipe file.
   *
   * @throws IllegalArgumentException naming the key, or the line where it is no YAML
   */
  public static <T> T read(byte[] bytes, Reader<T> reader) {
    return reader.read(new RecipeBlock("", tree(bytes), BLOCKS), bytes);
  }

  private static JsonNode tree(byte[] bytes) {
    try (JsonParser parser = MAPPER.createParser(bytes)) {
      JsonNode root = MAPPER.readTree(parser);
      if (parser.nextToken() != null) {
        throw unreadable("a second document begins", parser.currentLocation());
      }
      return root == null || root.isNull() ? MissingNode.getInstance() : root;
    } catch (MismatchedInputException e) {
      throw unreadable("a key stands twice", e.getLocation());
    } catch (JsonProcessingException e) {
      throw unreadable("this is no YAML", e.getLocation());
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  /** Without the cause: its message quotes the line, and persons and code names stand there. */
  private static IllegalArgumentException unreadable(String what, JsonLocation where) {
    return new IllegalArgumentException(
        where == null
            ? what
            : "line %d, column %d: %s".formatted(where.getLineNr(), where.getColumnNr(), what));
  }
}
