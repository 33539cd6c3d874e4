package dev.migaki.metrics;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The yardstick without a model: answers with the stored answer of the most similar known question
 * (cosine of tf-idf weighted character 1- to 3-grams). A tuned model that a lookup beats should say
 * so on its scorecard.
 */
public final class NearestQuestionLookup {
  private final Map<String, List<Posting>> postings = new HashMap<>();
  private final List<String> answers;
  private final Map<String, Integer> documentFrequency = new HashMap<>();

  /** A question that has a gram, and the gram's weight in it. */
  private record Posting(int question, double weight) {}

  /** A lookup over question/answer pairs; both lists have the same length. */
  public NearestQuestionLookup(List<String> questions, List<String> answers) {
    if (questions.size() != answers.size()) {
      throw new IllegalArgumentException(
          "as many answers as questions are needed: "
              + questions.size()
              + " and "
              + answers.size());
    }
    this.answers = List.copyOf(answers);
    List<Map<String, Integer>> counts =
        questions.stream().map(NearestQuestionLookup::grams).toList();
    counts.forEach(c -> c.keySet().forEach(gram -> documentFrequency.merge(gram, 1, Integer::sum)));
    for (int i = 0; i < counts.size(); i++) {
      int question = i;
      weighted(counts.get(i))
          .forEach(
              (gram, weight) ->
                  postings
                      .computeIfAbsent(gram, g -> new ArrayList<>())
                      .add(new Posting(question, weight)));
    }
  }

  /** The answer of the nearest known question, or an empty text when nothing is known. */
  public String answer(String question) {
    double[] similarities = new double[answers.size()];
    weighted(grams(question))
        .forEach(
            (gram, weight) -> {
              for (Posting posting : postings.getOrDefault(gram, List.of())) {
                similarities[posting.question()] += weight * posting.weight();
              }
            });
    double best = -1;
    String answer = "";
    for (int i = 0; i < similarities.length; i++) {
      if (similarities[i] > best) {
        best = similarities[i];
        answer = answers.get(i);
      }
    }
    return answer;
  }

  private Map<String, Double> weighted(Map<String, Integer> counts) {
    Map<String, Double> vector = new HashMap<>();
    double squares = 0;
    for (Map.Entry<String, Integer> gram : counts.entrySet()) {
      int frequency = documentFrequency.getOrDefault(gram.getKey(), 0);
      double weight = gram.getValue() * Math.log((1.0 + answers.size()) / (1.0 + frequency));
      vector.put(gram.getKey(), weight);
      squares += weight * weight;
    }
    double norm = Math.sqrt(squares);
    if (norm > 0) {
      vector.replaceAll((gram, weight) -> weight / norm);
    }
    return vector;
  }

  private static Map<String, Integer> grams(String text) {
    int[] characters =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .codePoints()
            .filter(Character::isLetterOrDigit)
            .toArray();
    Map<String, Integer> counts = new HashMap<>();
    for (int n = 1; n <= 3; n++) {
      for (int i = 0; i + n <= characters.length; i++) {
        counts.merge(new String(characters, i, n), 1, Integer::sum);
      }
    }
    return counts;
  }
}
