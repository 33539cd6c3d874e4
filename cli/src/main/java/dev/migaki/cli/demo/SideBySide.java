package dev.migaki.cli.demo;

import dev.migaki.cli.api.Endpoint;
import dev.migaki.cli.demo.SealedVersion.HeldOut;
import dev.migaki.metrics.Chrf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same questions to two models. */
final class SideBySide {
  private final Endpoint endpoint;
  private final String dataset;
  private final String baseModel;

  SideBySide(Endpoint endpoint, String dataset, String baseModel) {
    this.endpoint = endpoint;
    this.dataset = dataset;
    this.baseModel = baseModel;
  }

  /**
   * A question, what was expected (empty where the documents say nothing) and what came.
   *
   * @param language ISO 639-1 code
   */
  record Answers(String language, String question, String reference, String base, String tuned) {}

  /** How the answer to a changed question developed. */
  record ChangedAnswer(
      String id,
      String language,
      String question,
      String expectedBefore,
      String expectedAfter,
      String before,
      String after) {
    /**
     * The new answer is nearer to the new truth than to the old one, and another one than before.
     */
    boolean changed() {
      return !after.equals(before)
          && Chrf.score(after, expectedAfter) > Chrf.score(after, expectedBefore);
    }
  }

  /** Asks both models. */
  Answers ask(HeldOut question) throws IOException {
    return new Answers(
        question.language(),
        question.question(),
        question.reference(),
        endpoint.ask(baseModel, question.question()),
        endpoint.ask(dataset, question.question()));
  }

  /** The tuned model's answers to the questions whose answers will change. */
  Map<String, String> askChanging(List<Planted.Change> changes) throws IOException {
    Map<String, String> answers = new LinkedHashMap<>();
    for (Planted.Change change : changes) {
      answers.put(change.id(), endpoint.ask(dataset, change.question()));
    }
    return answers;
  }

  /** The same questions after the second batch. */
  List<ChangedAnswer> askChanged(List<Planted.Change> changes, Map<String, String> before)
      throws IOException {
    Map<String, String> after = askChanging(changes);
    return changes.stream()
        .map(
            change ->
                new ChangedAnswer(
                    change.id(),
                    change.language(),
                    change.question(),
                    change.before(),
                    change.after(),
                    before.getOrDefault(change.id(), ""),
                    after.getOrDefault(change.id(), "")))
        .toList();
  }

  /**
   * Five questions: two of each of the two most frequent languages from the test split, spread over
   * the file and not chosen by result, and one that the documents do not answer.
   */
  static List<HeldOut> choose(SealedVersion version) throws IOException {
    Map<String, List<HeldOut>> byLanguage = new LinkedHashMap<>();
    for (HeldOut question : version.heldOut()) {
      byLanguage.computeIfAbsent(question.language(), l -> new ArrayList<>()).add(question);
    }
    List<List<HeldOut>> languages =
        byLanguage.values().stream()
            .sorted((a, b) -> Integer.compare(b.size(), a.size()))
            .limit(2)
            .toList();
    List<HeldOut> outside = version.unanswerable();
    int known = outside.isEmpty() ? 5 : 4;
    List<HeldOut> chosen = new ArrayList<>();
    for (int i = 0; chosen.size() < known && i < known * 2 && !languages.isEmpty(); i++) {
      List<HeldOut> pool = languages.get(i % languages.size());
      HeldOut candidate = pool.get((int) ((long) (i + 1) * pool.size() / (known * 2 + 1)));
      if (!chosen.contains(candidate)) {
        chosen.add(candidate);
      }
    }
    outside.stream().findFirst().ifPresent(chosen::add);
    return chosen;
  }
}
