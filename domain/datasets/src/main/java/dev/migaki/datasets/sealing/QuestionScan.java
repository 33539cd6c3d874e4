package dev.migaki.datasets.sealing;

import java.util.Collection;
import java.util.Set;

/** Tells of questions that are about to be written which must not be. */
@FunctionalInterface
public interface QuestionScan {

  /** Those that hold private data; always the same answer for a question. */
  Set<String> dirty(Collection<String> questions);

  /** Finds nothing, for who has scanned before. */
  static QuestionScan none() {
    return questions -> Set.of();
  }
}
