package dev.migaki.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was planted where: filled while documents are written, so that the list cannot disagree with
 * the files.
 */
public final class PlantedTruth {

  /** Personal data of a type in a file. */
  public record Finding(String type, String value, String file) {}

  /** A misspelling and what it should be. */
  public record Typo(String file, String wrong, String right) {}

  /** Two files with the same or almost the same content. */
  public record Pair(String first, String second) {}

  /** A file that the pipeline must refuse, with the code of the reason. */
  public record Rejected(String file, String code) {}

  /**
   * A trap in a text's characters, such as a wrong decoding, and a phrase that a repair restores.
   */
  public record TextTrap(String file, String kind, String expected) {}

  /** A question of a fact as a file asks it. */
  public record Asked(Batch batch, Fact fact, int wording, String file) {

    String question() {
      return fact.wordings().get(wording);
    }
  }

  /** A file that states something else than the official answer. */
  public record Contradicted(Fact fact, String file) {}

  private final Set<Finding> findings = new LinkedHashSet<>();
  private final Set<Finding> secrets = new LinkedHashSet<>();
  private final Set<Typo> typos = new LinkedHashSet<>();
  private final List<Pair> duplicates = new ArrayList<>();
  private final List<Pair> nearDuplicates = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private final Set<TextTrap> textTraps = new LinkedHashSet<>();
  private final Set<Asked> asked = new LinkedHashSet<>();
  private final Set<Contradicted> contradicted = new LinkedHashSet<>();

  void finding(String type, String value, String file) {
    findings.add(new Finding(type, value, file));
  }

  void secret(String type, String value, String file) {
    secrets.add(new Finding(type, value, file));
  }

  void typo(String file, String wrong, String right) {
    typos.add(new Typo(file, wrong, right));
  }

  void duplicate(String first, String second) {
    duplicates.add(new Pair(first, second));
  }

  void nearDuplicate(String first, String second) {
    nearDuplicates.add(new Pair(first, second));
  }

  void rejected(String file, String code) {
    rejected.add(new Rejected(file, code));
  }

  void textTrap(TextTrap trap) {
    textTraps.add(trap);
  }

  void asked(Asked question) {
    asked.add(question);
  }

  void contradicted(Fact fact, String file) {
    contradicted.add(new Contradicted(fact, file));
  }

  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  public List<Finding> secrets() {
    return List.copyOf(secrets);
  }

  public List<Typo> typos() {
    return List.copyOf(typos);
  }

  public List<Pair> duplicates() {
    return List.copyOf(duplicates);
  }

  public List<Pair> nearDuplicates() {
    return List.copyOf(nearDuplicates);
  }

  public List<Rejected> rejected() {
    return List.copyOf(rejected);
  }

  public List<TextTrap> textTraps() {
    return List.copyOf(textTraps);
  }

  public List<Contradicted> contradicted() {
    return List.copyOf(contradicted);
  }

  /**
   * Every fact that the batch's documents ask for, with its occurrences in the order of writing.
   */
  public Map<Fact, List<Asked>> askedIn(Batch batch) {
    Map<Fact, List<Asked>> byFact = new LinkedHashMap<>();
    for (Asked question : asked) {
      if (question.batch() == batch) {
        byFact.computeIfAbsent(question.fact(), fact -> new ArrayList<>()).add(question);
      }
    }
    return byFact;
  }
}
