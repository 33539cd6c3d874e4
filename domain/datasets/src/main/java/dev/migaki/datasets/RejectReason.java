package dev.migaki.datasets;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why something did not become a training example. Bounded: a metric tag and a column of reports.
 */
public enum RejectReason {
  QUESTION_TOO_SHORT("The question has fewer characters than the recipe asks for."),
  QUESTION_TOO_LONG("The question has more characters than the recipe allows."),
  ANSWER_TOO_SHORT("The answer is shorter than the recipe asks for, or says nothing."),
  ANSWER_TOO_LONG("The answer is longer than the recipe allows."),
  PLACEHOLDER_ONLY("Nothing is left but placeholders of removed data."),
  TOO_MANY_PLACEHOLDERS("Too much of the text was removed for the rest to be useful."),
  LANGUAGE_MISMATCH("Question and answer are in different languages."),
  LANGUAGE_NOT_WANTED("The language is none that the recipe lists."),
  NO_RESOLUTION("A conversation in which nobody answers."),
  INVALID_CHAT("A chat line that is no usable conversation."),
  PREFERENCE_INCOMPLETE(
      "A preference line of which one answer says nothing, or is not one answer to a question: no"
          + " pair."),
  PREFERENCE_WITHOUT_DIFFERENCE(
      "Both answers of a preference line say the same after cleansing: no pair."),
  ANSWER_REPEATS_QUESTION("The answer repeats the question and says nothing else."),
  REPETITIVE("The answer says the same again and again."),
  BOILERPLATE("The answer is navigation, legal notice or another text that answers nothing."),
  TOO_COMPLEX("The sentences are too long, or too little of the text is words."),
  NOT_FLUENT("The text reads like no language: damaged characters or the remains of a table."),
  EXACT_DUPLICATE("The same pair is in the dataset already."),
  NEAR_DUPLICATE("Nearly the same pair is in the dataset already."),
  OTHER_ANSWER_KEPT("Another answer to the same question was kept."),
  CONTRADICTED_BY_NEWER("A newer document says something else."),
  CONTRADICTION_UNRESOLVED(
      "Documents of the same age disagree; neither is trained until somebody decides."),
  IN_TEST_SET("The question is in a test or edge set that was given, and must not be trained."),
  RESIDUE("The scan after cleansing still found private data; the example is quarantined."),
  TEACHER_PAIR_INCOMPLETE("The teacher's pair lacks its question, its answer or its evidence."),
  TEACHER_EVIDENCE_NOT_FOUND("What the teacher quotes does not stand in the passage."),
  TEACHER_FACTS_UNPROVEN(
      "The teacher's pair has a number, date, unit, code or placeholder that its evidence lacks."),
  TEACHER_WORDS_UNPROVEN("Most words of the teacher's answer are not in its evidence."),
  TEACHER_NEGATION_DIFFERS("The teacher's answer denies what its evidence says, or the reverse."),
  TEACHER_CONTRADICTED("A document answers the teacher's question itself, with something else."),
  TEACHER_LIMIT("A passage that the teacher was not asked about: the recipe's bound was reached."),
  TEACHER_UNREADABLE("A passage for which the teacher answered with something else than pairs."),
  TEACHER_TOO_LONG("A passage for which the teacher's answer was longer than allowed."),
  TEACHER_TIMEOUT("A passage for which the teacher did not answer in time."),
  TEACHER_UNREACHABLE("A passage for which the teacher was not reached, or kept failing."),
  TEACHER_BUSY("A passage for which the teacher wanted no more requests now (429)."),
  TEACHER_REFUSED("A passage for which the teacher refused the request: key, model or address."),
  TEACHER_KEY_MISSING("A passage not sent: the environment variable of the key is not set.");

  private final String explanation;

  RejectReason(String explanation) {
    this.explanation = explanation;
  }

  /** The reason with this {@link #label()}. */
  public static Optional<RejectReason> labelled(String label) {
    return Arrays.stream(values()).filter(reason -> reason.label().equals(label)).findFirst();
  }

  /** The name in events, manifests and metrics, such as {@code near-duplicate}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One sentence for people. */
  public String explanation() {
    return explanation;
  }
}
