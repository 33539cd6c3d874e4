package dev.migaki.datasets.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.datasets.similarity.NearDuplicateIndex;
import dev.migaki.datasets.similarity.Shingles;
import dev.migaki.datasets.similarity.SignatureIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Recall, speed and size of the duplicate index: {@code NearDuplicateFigures memory|disk COUNT
 * DIRECTORY [VERSIONS_JSONL]}, and of the exact one of the sealer: {@code NearDuplicateFigures
 * exact COUNT DIRECTORY}. Texts are made of the words of the samples' facts, mean 300 characters; a
 * tenth are near-copies with one change per 60 characters.
 */
public final class NearDuplicateFigures {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double THRESHOLD = 0.7;

  private final Random random = new Random(20261127);
  private final List<String> words;

  private NearDuplicateFigures(List<String> words) {
    this.words = words;
  }

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[1]);
    Path directory = Path.of(arguments[2]);
    List<String> words = new ArrayList<>();
    for (String language : List.of("en", "ja")) {
      Path facts =
          Path.of(
              "samples/generator/src/main/resources/dev/migaki/samples/facts-%s.txt"
                  .formatted(language));
      String text = Files.readString(facts);
      // words in Latin script; pieces of four characters in Japanese
      boolean spaced = language.equals("en");
      String joined = spaced ? text : text.replaceAll("\\s", "");
      words.addAll(List.of(joined.split(spaced ? "\\s+" : "(?<=\\G.{4})")));
    }
    NearDuplicateFigures figures = new NearDuplicateFigures(words);
    // the compiler's warm-up is not what is measured
    figures.run(SignatureIndex.inMemory(), 20_000, "warm-up");
    if (arguments[0].equals("exact")) {
      figures.exact(count);
    } else if (arguments[0].equals("memory")) {
      figures.run(SignatureIndex.inMemory(), count, "in memory");
    } else {
      try (SignatureIndex index = SignatureIndex.open(directory)) {
        figures.run(index, count, "on disk");
      }
    }
    if (arguments.length > 3) {
      versions(Path.of(arguments[3]));
    }
  }

  private void run(SignatureIndex index, int count, String where) throws IOException {
    List<String> recent = new ArrayList<>();
    long characters = 0;
    long nanos = 0;
    long sinceLast = 0;
    int copies = 0;
    int found = 0;
    int wrong = 0;
    int step = Math.max(1, count / 10);
    for (int i = 0; i < count; i++) {
      boolean copy = i > 1000 && i % 10 == 0;
      int of = copy ? random.nextInt(recent.size()) : -1;
      String text = copy ? changed(recent.get(of)) : text();
      long start = System.nanoTime();
      List<SignatureIndex.Match> matches = index.findAndAdd("document-" + i, text, THRESHOLD);
      long took = System.nanoTime() - start;
      nanos += took;
      sinceLast += took;
      characters += text.length();
      copies += copy ? 1 : 0;
      found += copy && !matches.isEmpty() ? 1 : 0;
      wrong += !copy && !matches.isEmpty() ? 1 : 0;
      if (!copy && recent.size() < 1000) {
        recent.add(text);
      }
      if ((i + 1) % step == 0) {
        System.out.printf(
            "| %s | %,d | %,.0f | %,d |%n",
            where, i + 1, step / (sinceLast / 1e9), heapMegabytes());
        sinceLast = 0;
      }
    }
    System.out.printf(
        "%s: %,d texts, mean %d characters, %,.0f texts/s, %.1f MB characters/s, recall %.4f of %,d"
            + " copies, %,d false%n",
        where,
        count,
        characters / count,
        count / (nanos / 1e9),
        characters / 1e6 / (nanos / 1e9),
        (double) found / copies,
        copies,
        wrong);
  }

  /** The sealer's index over texts that are made anew whenever it asks for one. */
  private void exact(int count) {
    NearDuplicateIndex index = new NearDuplicateIndex(THRESHOLD, this::numbered);
    long before = heapMegabytes();
    long nanos = 0;
    int copies = 0;
    int found = 0;
    for (int i = 0; i < count; i++) {
      String text = numbered(i);
      long start = System.nanoTime();
      Shingles shingles = Shingles.of(text);
      List<Integer> similar = index.similarTo(shingles);
      index.add(shingles);
      nanos += System.nanoTime() - start;
      copies += isCopy(i) ? 1 : 0;
      found += isCopy(i) && !similar.isEmpty() ? 1 : 0;
    }
    System.out.printf(
        "exact: %,d texts, %,.0f texts/s, recall %.4f of %,d copies, live heap of the index %,d"
            + " MB%n",
        count, count / (nanos / 1e9), (double) found / copies, copies, heapMegabytes() - before);
    index.similarTo(Shingles.of("keeps the index alive until here"));
  }

  private static boolean isCopy(int number) {
    return number > 1000 && number % 10 == 0;
  }

  private String numbered(int number) {
    random.setSeed(number);
    if (!isCopy(number)) {
      return text();
    }
    random.setSeed(random.nextInt(1000));
    String original = text();
    random.setSeed(~number);
    return changed(original);
  }

  private static long heapMegabytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int length = 100 + random.nextInt(390);
    while (text.length() < length) {
      text.append(words.get(random.nextInt(words.size()))).append(' ');
    }
    return text.toString();
  }

  private String changed(String text) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = 0; i < Math.max(1, text.length() / 60); i++) {
      changed.setCharAt(random.nextInt(changed.length()), (char) ('a' + random.nextInt(26)));
    }
    return changed.toString();
  }

  /** Two versions of real documents each: found when their exact similarity is at the threshold. */
  private static void versions(Path file) throws IOException {
    List<JsonNode> pairs = new ArrayList<>();
    try (SignatureIndex index = SignatureIndex.inMemory()) {
      for (String line : Files.readAllLines(file)) {
        JsonNode pair = JSON.readTree(line);
        pairs.add(pair);
        index.add(pair.path("id").asText(), pair.path("text1").asText());
      }
      int similar = 0;
      int found = 0;
      int below = 0;
      int foundBelow = 0;
      for (JsonNode pair : pairs) {
        String second = pair.path("text2").asText();
        double exact = Shingles.of(pair.path("text1").asText()).jaccard(Shingles.of(second));
        String id = pair.path("id").asText();
        boolean hit = index.similarTo(second, THRESHOLD).stream().anyMatch(m -> m.id().equals(id));
        if (exact >= THRESHOLD) {
          similar++;
          found += hit ? 1 : 0;
        } else {
          below++;
          foundBelow += hit ? 1 : 0;
        }
      }
      System.out.printf(
          "versions: %d of %d with similarity 0.7 or more found; %d of %d below%n",
          found, similar, foundBelow, below);
    }
  }
}
