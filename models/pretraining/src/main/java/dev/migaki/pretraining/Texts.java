package dev.migaki.pretraining;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The input directory: {@code pretrain/*.txt.gz} with texts separated by two empty lines, and the
 * question sets in JSONL. What a held-out question set contains is left out.
 */
final class Texts {
  private static final Pattern SENTENCE_END =
      Pattern.compile("(?<=[.!?])\\s+(?=[\"“A-Z0-9])|(?<=[。！？])");
  private final Path directory;
  private final HeldOut heldOut;

  Texts(Path directory, HeldOut heldOut) {
    this.directory = directory;
    this.heldOut = heldOut;
  }

  /** Texts of one file, without those that repeat held-out questions or answers. */
  List<String> texts(String name) throws IOException {
    Path file = directory.resolve("pretrain").resolve(name + ".txt.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("\n\n\n"))
          .map(String::strip)
          .filter(t -> !t.isEmpty())
          .toList();
    }
  }

  /**
   * Single lines of one file, in order, empty ones included when the file is line-aligned with
   * another.
   */
  List<String> alignedLines(String name) throws IOException {
    Path file = directory.resolve("pretrain").resolve(name + ".txt.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  List<String> jsonLines(String name) throws IOException {
    try (Stream<String> lines = Files.lines(directory.resolve(name))) {
      return lines.toList();
    }
  }

  boolean isHeldOut(String text) {
    return heldOut.contains(text);
  }

  /** Splits running text into sentences of 15 to 200 characters. */
  static List<String> sentences(String paragraph) {
    List<String> sentences = new ArrayList<>();
    for (String sentence : SENTENCE_END.split(paragraph)) {
      String clean = clean(sentence);
      if (clean.length() >= 15 && clean.length() <= 200 && clean.matches(".*[.!?。！？]$")) {
        sentences.add(clean);
      }
    }
    return sentences;
  }

  /**
   * First sentences that fit into {@code maximum} characters; empty when the first does not fit.
   */
  static String opening(String answer, int maximum) {
    StringBuilder opening = new StringBuilder();
    for (String sentence : SENTENCE_END.split(answer.replace('\n', ' '))) {
      String clean = clean(sentence);
      boolean japanese = clean.endsWith("。");
      String gap = opening.isEmpty() || japanese ? "" : " ";
      if (opening.length() + gap.length() + clean.length() > maximum) {
        break;
      }
      opening.append(gap).append(clean);
    }
    return opening.toString();
  }

  /** Markup and detached apostrophes removed, spaces collapsed. */
  static String clean(String text) {
    return text.replace(" '", "'")
        .replace(" n't", "n't")
        .replaceAll("\\*\\*|__|`", "")
        .replaceAll("^[-*#>\\d.]+\\s+", "")
        .replaceAll("&#?\\w+;", "'")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
