package dev.migaki.eval.domain;

import dev.migaki.metrics.ScoreSummary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the evaluation measured.
 *
 * @param languages scores per language (ISO 639-1 code)
 * @param overall scores over all languages
 * @param kinds share answered right by the tuned model per kind of question
 * @param unanswerable behaviour on questions outside the data
 * @param losses of the run, nats per supervised token
 * @param verdict one of promote, hold, retrain, prompt-instead
 * @param reasons for the verdict
 * @param examples best and worst answers
 */
public record Scorecard(
    String modelId,
    String version,
    int versionNumber,
    String baseModel,
    Map<String, Scores> languages,
    Scores overall,
    Map<String, Double> kinds,
    Map<String, UnanswerableScores> unanswerable,
    LossScores losses,
    String verdict,
    List<String> reasons,
    List<ShownExample> examples) {

  public Scorecard {
    languages = java.util.Collections.unmodifiableMap(new TreeMap<>(languages));
    kinds = java.util.Collections.unmodifiableMap(new TreeMap<>(kinds));
    unanswerable = java.util.Collections.unmodifiableMap(new TreeMap<>(unanswerable));
    reasons = List.copyOf(reasons);
    examples = List.copyOf(examples);
  }

  /** Base model, base model with a few-shot prompt, tuned model, and the lookup without a model. */
  public record Scores(
      ScoreSummary base, ScoreSummary fewShot, ScoreSummary tuned, ScoreSummary lookup) {}

  /** Questions outside the data: asked, declined, and the share answered as if known. */
  public record UnanswerableScores(int asked, int declined, double confidentWrong) {}

  /** Training loss, validation loss, their ratio and its band; 0 where not measured. */
  public record LossScores(double train, double validation, double ratio, String overfitting) {}

  /** One question with what was expected and what came. */
  public record ShownExample(
      String language,
      String kind,
      String question,
      String reference,
      String base,
      String tuned,
      double tokenF1,
      boolean answeredRight) {
    @Override
    public String toString() {
      return "ShownExample[language=" + language + ", kind=" + kind + "]";
    }
  }
}
