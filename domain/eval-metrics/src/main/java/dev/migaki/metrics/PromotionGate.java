package dev.migaki.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides whether a tuned model may answer for its dataset. Every language has to pass on its own:
 * a model that is good in Japanese and useless in English is no good model of a bilingual dataset.
 * The numbers are means with 95 % bootstrap intervals; "better than the base" asks that the
 * intervals do not overlap.
 */
public final class PromotionGate {
  private final Thresholds thresholds;

  public PromotionGate(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  /**
   * The limits of the gate, a block of the recipe.
   *
   * @param minAnsweredRight share of held-out questions to be answered right in each language, 0..1
   * @param maxConfidentWrong share of unanswerable questions that may be answered as if known, 0..1
   * @param minQuestions held-out questions that a language needs to be judged at all
   */
  public record Thresholds(double minAnsweredRight, double maxConfidentWrong, int minQuestions) {
    public Thresholds {
      requireShare(minAnsweredRight, "minAnsweredRight");
      requireShare(maxConfidentWrong, "maxConfidentWrong");
      if (minQuestions < 1) {
        throw new IllegalArgumentException("minQuestions must be 1 or more but is " + minQuestions);
      }
    }

    private static void requireShare(double value, String name) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(name + " must be between 0 and 1 but is " + value);
      }
    }
  }

  /**
   * Base model, base model with a few-shot prompt, and tuned model on the same questions of one
   * language.
   */
  public record Comparison(ScoreSummary base, ScoreSummary fewShot, ScoreSummary tuned) {}

  /**
   * Behaviour on questions that the documents do not answer.
   *
   * @param asked number of questions
   * @param declined how often the model said that it does not know
   */
  public record Unanswerable(int asked, int declined) {
    /** Share answered as if known, 0..1; 0 when nothing was asked. */
    public double confidentWrong() {
      return asked == 0 ? 0 : 1 - (double) declined / asked;
    }
  }

  /**
   * How the run ended.
   *
   * @param trainLoss mean loss per supervised token at the end, nats
   * @param validationLoss the same on the validation split, nats; NaN without one
   * @param bestValidationLoss lowest validation loss seen, nats; NaN without one
   */
  public record Losses(double trainLoss, double validationLoss, double bestValidationLoss) {
    /** Validation loss over training loss; NaN without a validation split. */
    public double ratio() {
      return validationLoss / trainLoss;
    }
  }

  /** The verdict and what led to it, in words for the person who decides. */
  public record Decision(Verdict verdict, List<String> reasons) {
    public Decision {
      reasons = List.copyOf(reasons);
    }
  }

  /** Judges a model by its scores per language (ISO 639-1 code). */
  public Decision decide(
      Map<String, Comparison> languages, Unanswerable unanswerable, Losses losses) {
    List<String> blocking = new ArrayList<>();
    List<String> passing = new ArrayList<>();
    boolean promptTies = !languages.isEmpty();
    boolean unlearned = false;
    for (Map.Entry<String, Comparison> entry : new TreeMap<>(languages).entrySet()) {
      String language = entry.getKey();
      Comparison scores = entry.getValue();
      promptTies &= promptTies(scores);
      unlearned |= judge(language, scores, blocking, passing);
    }
    if (languages.isEmpty()) {
      blocking.add("no held-out question: nothing shows that the model learned anything");
    }
    if (unanswerable.asked() > 0) {
      String shown =
          "answers "
              + percent(unanswerable.confidentWrong())
              + " of the questions outside the data as if it knew";
      (unanswerable.confidentWrong() > thresholds.maxConfidentWrong() ? blocking : passing)
          .add(shown + " (limit " + percent(thresholds.maxConfidentWrong()) + ")");
    }
    if (blocking.isEmpty()) {
      return new Decision(Verdict.PROMOTE, passing);
    }
    if (promptTies) {
      blocking.add("a few-shot prompt on the base model does as well");
      return new Decision(Verdict.PROMPT_INSTEAD, blocking);
    }
    return new Decision(
        unlearned && canLearnMore(losses) ? Verdict.RETRAIN : Verdict.HOLD, blocking);
  }

  /** Adds this language's reasons; true when the model has not learned enough in it. */
  private boolean judge(
      String language, Comparison scores, List<String> blocking, List<String> passing) {
    int n = scores.tuned().n();
    if (n < thresholds.minQuestions()) {
      blocking.add(
          "%s: only %d held-out questions, %d are needed"
              .formatted(language, n, thresholds.minQuestions()));
      return false;
    }
    Interval right = scores.tuned().answeredRight();
    boolean enough = right.mean() >= thresholds.minAnsweredRight();
    (enough ? passing : blocking)
        .add(
            "%s: %s answered right (needed %s)"
                .formatted(
                    language, percent(right.mean()), percent(thresholds.minAnsweredRight())));
    boolean aboveBase = scores.tuned().tokenF1().isAbove(scores.base().tokenF1());
    (aboveBase ? passing : blocking)
        .add(
            "%s: token F1 %s against %s of the base model"
                .formatted(
                    language, shown(scores.tuned().tokenF1()), shown(scores.base().tokenF1())));
    boolean abovePrompt = scores.tuned().tokenF1().mean() > scores.fewShot().tokenF1().mean();
    (abovePrompt ? passing : blocking)
        .add(
            "%s: token F1 %s against %s of the few-shot prompt"
                .formatted(
                    language, shown(scores.tuned().tokenF1()), shown(scores.fewShot().tokenF1())));
    return !enough;
  }

  /** Prompting reaches what the tuned model reaches, and that is enough to work with. */
  private boolean promptTies(Comparison scores) {
    return scores.fewShot().tokenF1().high() >= scores.tuned().tokenF1().mean()
        && scores.fewShot().answeredRight().mean() >= thresholds.minAnsweredRight();
  }

  /** The training loss is still high: more epochs or a higher learning rate may help. */
  private static boolean canLearnMore(Losses losses) {
    return losses.trainLoss() > 0.7;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static String shown(Interval interval) {
    return String.format(
        Locale.ROOT, "%.2f [%.2f, %.2f]", interval.mean(), interval.low(), interval.high());
  }
}
