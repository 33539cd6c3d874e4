package dev.migaki.cli.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cli.terminal.Visible;
import dev.migaki.datasets.similarity.SignatureIndex;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.recipes.DocumentsRecipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Clusters of texts that are nearly the same. What is kept of each text lies in an index on disk,
 * so memory does not grow with the texts; eight bytes per text remain.
 */
public final class DedupeRun {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private final PrintStream err;
  private final double threshold;
  private final boolean json;
  private final InputReader reader;
  private int[] parents = new int[1024];
  private float[] similarity = new float[1024];
  private long broken;

  /**
   * @param threshold least similarity, above 0, at most 1
   * @param json one JSON object per cluster instead of text for people
   */
  public DedupeRun(
      PrintStream out, PrintStream err, double threshold, boolean json, DocumentsRecipe recipe) {
    this.reader = new InputReader(recipe);
    this.out = out;
    this.err = err;
    this.threshold = threshold;
    this.json = json;
  }

  /**
   * Runs.
   *
   * @param directory of an index to keep, null for one that is thrown away
   * @return whether every input could be read
   */
  public boolean run(List<Path> paths, InputStream standardInput, @Nullable Path directory)
      throws IOException {
    Path place = directory == null ? Files.createTempDirectory("migaki-dedupe") : directory;
    try (SignatureIndex index = SignatureIndex.open(place)) {
      reserve(index.size());
      DryRunSource.read(
          paths,
          standardInput,
          reader,
          input -> ArchiveFiles.flat(input, reader, this::warn, one -> read(one, index)));
      print(index);
    } finally {
      if (directory == null) {
        delete(place);
      }
    }
    return broken == 0;
  }

  private void warn(String warning) {
    err.println("migaki: " + warning);
  }

  private void read(DryRunInput input, SignatureIndex index) throws IOException {
    if (input instanceof DryRunInput.Broken one) {
      broken++;
      err.println("migaki: line " + one.lineNumber() + ": " + one.problem());
      return;
    }
    if (input instanceof DryRunInput.Line line) {
      add(input, line.text(), index);
      return;
    }
    ParseOutcome outcome = reader.file(input);
    if (outcome instanceof ParseOutcome.Rejected rejected) {
      warn("%s: %s. %s".formatted(input.label(), rejected.code(), rejected.message()));
    } else {
      add(input, ((ParseOutcome.Parsed) outcome).document().text(), index);
    }
  }

  private void add(DryRunInput input, String text, SignatureIndex index) throws IOException {
    String id = JSON.writeValueAsString(input.id());
    List<SignatureIndex.Match> matches =
        index.findAndAdd(id, text, threshold).stream().filter(m -> !m.id().equals(id)).toList();
    int number = index.size() - 1;
    reserve(number + 1);
    similarity[number] = matches.isEmpty() ? 0 : (float) matches.get(0).similarity();
    for (SignatureIndex.Match match : matches) {
      int mine = root(number);
      int theirs = root(match.number());
      parents[Math.max(mine, theirs)] = Math.min(mine, theirs);
      similarity[match.number()] = Math.max(similarity[match.number()], (float) match.similarity());
    }
  }

  /** Makes room for so many texts, each its own cluster. */
  private void reserve(int count) {
    int before = parents.length;
    if (count > before) {
      int room = Math.max(count, before + before / 2);
      parents = Arrays.copyOf(parents, room);
      similarity = Arrays.copyOf(similarity, room);
    }
    for (int i = Math.max(0, reserved); i < count; i++) {
      parents[i] = i;
    }
    reserved = Math.max(reserved, count);
  }

  private int reserved;

  private int root(int number) {
    int root = number;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }

  private void print(SignatureIndex index) throws IOException {
    Map<Integer, List<Integer>> clusters = new LinkedHashMap<>();
    for (int n = 0; n < index.size(); n++) {
      if (similarity[n] > 0 && index.id(n).isPresent()) {
        clusters.computeIfAbsent(root(n), r -> new ArrayList<>(2)).add(n);
      }
    }
    int number = 0;
    int members = 0;
    for (List<Integer> cluster : clusters.values()) {
      if (cluster.size() > 1) {
        number++;
        members += cluster.size();
        print(number, cluster, index);
      }
    }
    err.printf(
        "migaki: %d texts, %d clusters with %d texts in them%n", index.size(), number, members);
  }

  private void print(int number, List<Integer> cluster, SignatureIndex index) throws IOException {
    ObjectNode object = JSON.createObjectNode();
    object.put("cluster", number);
    ArrayNode ids = object.putArray("ids");
    ArrayNode similarities = JSON.createArrayNode();
    double least = 1;
    for (int member : cluster) {
      ids.add(JSON.readTree(index.id(member).orElseThrow()));
      double rounded = Math.rint(similarity[member] * 10_000) / 10_000;
      similarities.add(rounded);
      least = Math.min(least, rounded);
    }
    object.put("similarity", least);
    object.set("similarities", similarities);
    if (json) {
      out.println(JSON.writeValueAsString(object));
      return;
    }
    out.println("== cluster " + number + ": " + cluster.size() + " texts");
    for (int i = 0; i < cluster.size(); i++) {
      out.printf("  %.3f  %s%n", similarities.get(i).asDouble(), Visible.name(ids.get(i).asText()));
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
