package dev.migaki.datasets.preparation;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.sealing.DocumentExamples;
import dev.migaki.datasets.sealing.QuestionScan;
import dev.migaki.datasets.sealing.SealingProgress;
import dev.migaki.datasets.spill.Key128;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The last scan: every text of the documents before a version is sealed, and every question when it
 * is written, which may be a variation. A text that was found clean is not scanned twice as long as
 * it is remembered. Scans on as many threads as there are processors.
 */
final class ResidualScan implements QuestionScan {
  private static final int BATCH_TEXTS = 512;

  private final Predicate<String> hasResidue;
  private final SealingProgress progress;
  private final CleanTexts clean = new CleanTexts();

  /**
   * @param hasResidue whether a text holds private data: always the same answer for a text, asked
   *     by several threads
   */
  ResidualScan(Predicate<String> hasResidue, SealingProgress progress) {
    this.hasResidue = hasResidue;
    this.progress = progress;
  }

  /** Ids of the examples whose texts hold private data. */
  Set<String> dirtyExamples(Iterable<DocumentExamples> documents) {
    Set<String> ids = new HashSet<>();
    List<Example> batch = new ArrayList<>();
    for (DocumentExamples document : documents) {
      batch.addAll(document.examples());
      if (batch.size() >= BATCH_TEXTS) {
        ids.addAll(dirtyIds(batch));
        batch.clear();
      }
    }
    ids.addAll(dirtyIds(batch));
    return ids;
  }

  private Set<String> dirtyIds(List<Example> examples) {
    progress.at(SealingProgress.Step.SCAN, 0, 0);
    Set<String> dirty =
        dirty(examples.stream().flatMap(example -> example.texts().stream()).toList());
    Set<String> ids = new HashSet<>();
    examples.stream()
        .filter(example -> example.texts().stream().anyMatch(dirty::contains))
        .forEach(example -> ids.add(example.id()));
    return ids;
  }

  @Override
  public Set<String> dirty(Collection<String> texts) {
    Map<Key128, String> unknown = new LinkedHashMap<>();
    for (String text : texts) {
      Key128 key = CleanTexts.key(text);
      if (!clean.contains(key)) {
        unknown.put(key, text);
      }
    }
    Set<String> dirty =
        new HashSet<>(unknown.values().parallelStream().filter(hasResidue).toList());
    unknown.forEach(
        (key, text) -> {
          if (!dirty.contains(text)) {
            clean.add(key);
          }
        });
    return dirty;
  }
}
