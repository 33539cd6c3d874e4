package dev.migaki.pretraining;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What goes into a corpus.
 *
 * @param seed decides every draw
 * @param characters quota of each source by name; a source without quota is left out
 * @param heldOut question sets (JSONL, relative to the input) that only measure
 */
public record CorpusRecipe(long seed, Map<String, Integer> characters, List<String> heldOut) {
  public CorpusRecipe {
    characters = Map.copyOf(characters);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Reads the {@code corpus} part of a recipe file.
   *
   * @throws IOException when the file cannot be read or has other fields
   */
  public static CorpusRecipe read(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    return json.treeToValue(json.readTree(file.toFile()).path("corpus"), CorpusRecipe.class);
  }
}
