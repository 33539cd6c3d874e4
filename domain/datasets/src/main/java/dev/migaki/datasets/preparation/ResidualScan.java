package dev.migaki.datasets.preparation;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.sealing.DocumentExamples;
import dev.migaki.datasets.sealing.SealedVersion;
import dev.migaki.datasets.sealing.SealingProgress;
import dev.migaki.datasets.sealing.SplitHistory;
import dev.migaki.datasets.sealing.SplitHistoryReader;
import java.util.HashSet;
import java.util.Set;

/**
 * The last scan: reads a version's files once more before they are sealed. Every question in them
 * and every text of the documents is scanned; what came from an example with a residue makes the
 * example leave.
 */
final class ResidualScan {
  private final DocumentCleanser cleanser;
  private final SealingProgress progress;
  private long scanned;

  ResidualScan(DocumentCleanser cleanser, SealingProgress progress) {
    this.cleanser = cleanser;
    this.progress = progress;
  }

  /** Ids of the examples whose texts, or variations of them, hold private data. */
  Set<String> dirtyExamples(SealedVersion sealed, Iterable<DocumentExamples> documents) {
    scanned = 0;
    long total = sealed.lines().values().stream().mapToLong(Integer::longValue).sum();
    Set<String> dirtyQuestions = new HashSet<>();
    SplitHistory questions = SplitHistoryReader.of(sealed);
    questions.trained().forEach(question -> scan(question, dirtyQuestions, total));
    questions.held().forEach(question -> scan(question, dirtyQuestions, total));
    Set<String> dirty = new HashSet<>();
    for (DocumentExamples document : documents) {
      for (Example example : document.examples()) {
        if (!isClean(example, dirtyQuestions)) {
          dirty.add(example.id());
        }
      }
    }
    return dirty;
  }

  private void scan(String question, Set<String> dirty, long total) {
    progress.at(SealingProgress.Step.LAST_SCAN, scanned++, total);
    if (cleanser.hasResidue(question)) {
      dirty.add(question);
    }
  }

  private boolean isClean(Example example, Set<String> dirtyQuestions) {
    return example.userTexts().stream().noneMatch(dirtyQuestions::contains)
        && example.texts().stream().noneMatch(cleanser::hasResidue);
  }
}
