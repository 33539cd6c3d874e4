package dev.migaki.datasets.teacher;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.RejectReason;

/** A model behind an address. */
public interface ChatModel {

  /**
   * Asks once; waits for the answer, and repeats by itself what is worth repeating.
   *
   * @param instructions the system's message
   * @param text the user's message
   * @param maxTokens of the answer
   */
  Reply complete(TeacherSettings teacher, String instructions, String text, int maxTokens);

  /** What came of it. */
  sealed interface Reply {

    /**
     * @param text as the model wrote it
     * @param tokens sent and received, as the endpoint counts them; 0 when it does not say
     */
    record Answer(String text, int tokens) implements Reply {
      public Answer {
        requireNonNull(text, "text");
      }

      /** Shape only: the text is never printed. */
      @Override
      public String toString() {
        return "Answer[characters=" + text.length() + ", tokens=" + tokens + "]";
      }
    }

    /**
     * @param isLasting whether the next request would fail as well
     * @param tokens sent and received in vain, as the endpoint counts them
     */
    record Failure(RejectReason reason, boolean isLasting, int tokens) implements Reply {
      public Failure {
        requireNonNull(reason, "reason");
      }
    }
  }
}
