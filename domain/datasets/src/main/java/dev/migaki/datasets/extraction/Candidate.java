package dev.migaki.datasets.extraction;

import dev.migaki.datasets.Message;
import dev.migaki.datasets.RejectReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that a rule found, before any check.
 *
 * @param nonPreferred the answer that people like less than the last message, null without one
 * @param firstBlock index of the first block it was made from
 * @param lastBlock index of the last one
 * @param problem why it cannot become an example, null if it can
 */
record Candidate(
    String extractor,
    List<Message> messages,
    @Nullable String nonPreferred,
    int firstBlock,
    int lastBlock,
    @Nullable RejectReason problem) {
  Candidate {
    messages = List.copyOf(messages);
  }

  static Candidate pair(
      String extractor, String question, String answer, int firstBlock, int lastBlock) {
    return new Candidate(
        extractor,
        List.of(Message.user(question.strip()), Message.assistant(answer.strip())),
        null,
        firstBlock,
        lastBlock,
        null);
  }

  static Candidate rejected(String extractor, RejectReason problem, int firstBlock, int lastBlock) {
    return new Candidate(extractor, List.of(), null, firstBlock, lastBlock, problem);
  }
}
