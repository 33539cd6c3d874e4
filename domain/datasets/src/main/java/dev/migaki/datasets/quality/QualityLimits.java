package dev.migaki.datasets.quality;

import java.util.List;

/**
 * What an example must be like to be kept; the recipe's {@code quality} block and languages.
 *
 * @param languages BCP 47 tags of the languages that are trained
 * @param maxPassageCharacters longest answer that is a section, a mail or a turn of talk: nobody
 *     wrote it as an entry of an FAQ
 * @param maxPlaceholderShare largest share of an answer's characters that may be placeholders, 0..1
 * @param maxRepetition largest share of an answer that may repeat what it said before, 0..1
 * @param maxSentenceCharacters longest sentence of an answer
 */
public record QualityLimits(
    List<String> languages,
    int minQuestionCharacters,
    int maxQuestionCharacters,
    int minAnswerCharacters,
    int maxAnswerCharacters,
    int maxPassageCharacters,
    double maxPlaceholderShare,
    double maxRepetition,
    int maxSentenceCharacters) {
  public QualityLimits {
    languages = List.copyOf(languages);
  }

  /** The limits of a recipe that says nothing. */
  public static QualityLimits defaults() {
    return new QualityLimits(List.of("ja", "en"), 2, 400, 2, 2000, 1200, 0.15, 0.5, 800);
  }
}
