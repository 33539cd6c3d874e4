package dev.migaki.datasets.teacher;

import dev.migaki.datasets.extraction.DocumentOrigin;
import dev.migaki.datasets.extraction.Passage;
import java.util.List;

/** Gives pairs for the passages of a document that gave none by themselves. */
@FunctionalInterface
public interface Teacher {

  /**
   * A lesson; failures are part of it.
   *
   * @param passages without private data
   */
  Lesson teach(DocumentOrigin origin, List<Passage> passages);

  /** Nobody is asked. */
  static Teacher none() {
    return (origin, passages) -> Lesson.NONE;
  }
}
