package dev.migaki.datasets;

import dev.migaki.datasets.sealing.DatasetVersionSealer;
import dev.migaki.datasets.sealing.DocumentExamples;
import dev.migaki.datasets.sealing.QuestionScan;
import dev.migaki.datasets.sealing.SealedVersion;
import dev.migaki.datasets.sealing.SealingProgress;
import dev.migaki.datasets.sealing.SplitHistory;
import dev.migaki.datasets.spill.SpillSpace;
import java.util.ArrayList;
import java.util.List;

/** Builds examples and documents for tests. */
public final class Examples {
  private Examples() {}

  /** A version named {@code shop}. */
  public static SealedVersion seal(
      Recipe recipe, Iterable<DocumentExamples> documents, SplitHistory history) {
    return new DatasetVersionSealer(
            recipe, TokenCounter.estimate(), SpillSpace.systemDirectory(), QuestionScan.none())
        .seal("shop", documents, history, SealingProgress.none());
  }

  /** A pair found in a document. */
  public static Example aPair(String document, String question, String answer) {
    return aPair(document, 1, question, answer);
  }

  /** A pair found in a version of a document. */
  public static Example aPair(String document, int version, String question, String answer) {
    return Example.original(
        TextLanguage.of(question + answer, "en"),
        List.of(Message.user(question), Message.assistant(answer)),
        new Source(document, version, document, 1, 0, 10, List.of()),
        "faq-heading");
  }

  /** A pair with another answer that people like less. */
  public static Example aPreference(
      String document, String question, String preferred, String nonPreferred) {
    return Example.original(
        TextLanguage.of(question + preferred, "en"),
        List.of(Message.user(question), Message.assistant(preferred)),
        nonPreferred,
        new Source(document, 1, document, 1, 0, 10, List.of()),
        "chat-line");
  }

  /** A document in its first version and delivery, from questions and answers in turn. */
  public static DocumentExamples aDocument(String id, String... questionsAndAnswers) {
    return aDocument(id, 1, 1, questionsAndAnswers);
  }

  /** A document from questions and answers in turn. */
  public static DocumentExamples aDocument(
      String id, int version, int generation, String... questionsAndAnswers) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < questionsAndAnswers.length; i += 2) {
      examples.add(aPair(id, version, questionsAndAnswers[i], questionsAndAnswers[i + 1]));
    }
    return new DocumentExamples(id, version, generation, id, examples);
  }
}
