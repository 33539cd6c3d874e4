package dev.migaki.datasets;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.augmentation.Synonyms;
import dev.migaki.datasets.quality.QualityLimits;
import dev.migaki.datasets.sealing.SealPolicy;
import java.time.Duration;
import java.util.List;

/**
 * What a person decides about a dataset's examples; the blocks of the recipe file that cleansing
 * reads. Shares are from 0 to 1.
 *
 * @param protectedQuestions of tests from outside; nothing like them is trained
 * @param probeValues invented values that the privacy probe plants at every seal, 0 for no probe
 * @param seed moves every seeded choice; same seed and documents, same version
 */
public record Recipe(
    long seed,
    QualityLimits quality,
    Augmentation augmentation,
    Declines declines,
    Split split,
    SealPolicy seal,
    int minimumExamples,
    int probeValues,
    List<String> protectedQuestions) {
  public Recipe {
    requireNotNegative(probeValues, "privacyProbe.values");
    requireNonNull(quality, "quality");
    requireNonNull(augmentation, "augmentation");
    requireNonNull(declines, "declines");
    requireNonNull(split, "split");
    requireNonNull(seal, "seal");
    protectedQuestions = List.copyOf(protectedQuestions);
    for (String language : augmentation.synonyms().groups().keySet()) {
      if (!quality.languages().contains(language)) {
        throw new IllegalArgumentException(
            "augmentation.synonyms." + language + " is for none of the recipe's languages");
      }
    }
  }

  /** The recipe of somebody who wrote none. */
  public static Recipe defaults() {
    return new Recipe(
        20261122L,
        QualityLimits.defaults(),
        new Augmentation(8, 2, 0.10, Synonyms.none()),
        new Declines(0.09, 20),
        new Split(1, 0.35, 0.10, 0.05),
        new SealPolicy.QuietPeriod(Duration.ofSeconds(5)),
        10,
        0,
        List.of());
  }

  /**
   * @param variationsPerQuestion most other wordings made from one question for training
   * @param answerWordsPerFact most questions made of words of a fact's answer for training
   * @param typoShare share of the other wordings that get a typo, at most 0.15
   * @param synonyms words that mean the same here
   */
  public record Augmentation(
      int variationsPerQuestion, int answerWordsPerFact, double typoShare, Synonyms synonyms) {
    public Augmentation {
      requireNonNull(synonyms, "synonyms");
      requireNotNegative(answerWordsPerFact, "augmentation.answerWordsPerFact");
      requireShare(typoShare, 0.15, "augmentation.typoShare");
      requireNotNegative(variationsPerQuestion, "augmentation.variationsPerQuestion");
    }
  }

  /**
   * @param share of the training examples that are unanswerable questions with an honest reply
   * @param testPerLanguage unanswerable test questions per language of the dataset
   */
  public record Declines(double share, int testPerLanguage) {
    public Declines {
      requireShare(share, 0.5, "declines.share");
      requireNotNegative(testPerLanguage, "declines.testPerLanguage");
    }
  }

  /**
   * @param humanWordingShare of the facts that people asked in several wordings that hold one of
   *     them out; the hardest questions of the test, in words that no template knows
   * @param paraphraseShare of the other facts that get a held-out paraphrase for testing
   * @param validationShare of the facts that get one for validation
   * @param edgeShare of the facts that go to the edge set
   */
  public record Split(
      double humanWordingShare, double paraphraseShare, double validationShare, double edgeShare) {
    public Split {
      requireShare(humanWordingShare, 1, "split.humanWordingShare");
      requireShare(paraphraseShare, 1, "split.paraphraseShare");
      requireShare(validationShare, 1, "split.validationShare");
      requireShare(edgeShare, 1, "split.edgeShare");
      if (paraphraseShare + validationShare > 1) {
        throw new IllegalArgumentException(
            "split.paraphraseShare and split.validationShare must not exceed 1 together");
      }
    }
  }

  private static void requireShare(double value, double most, String key) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(
          "%s must be from 0 to %s but is %s".formatted(key, most, value));
    }
  }

  private static void requireNotNegative(int value, String key) {
    if (value < 0) {
      throw new IllegalArgumentException(key + " must not be negative but is " + value);
    }
  }
}
