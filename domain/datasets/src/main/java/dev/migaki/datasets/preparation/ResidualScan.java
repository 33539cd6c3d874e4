package dev.migaki.datasets.preparation;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Message;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.sealing.DocumentExamples;
import dev.migaki.datasets.sealing.SealedVersion;
import dev.migaki.datasets.sealing.SplitHistory;
import dev.migaki.datasets.sealing.SplitHistoryReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last scan: reads a version's files once more before they are sealed. Every text in them is
 * scanned once; what came from an example with a residue makes the example leave.
 */
final class ResidualScan {
  private final DocumentCleanser cleanser;
  private final Map<String, Boolean> known = new HashMap<>();

  ResidualScan(DocumentCleanser cleanser) {
    this.cleanser = cleanser;
  }

  /** The documents without the examples whose texts, or variations of them, hold private data. */
  List<DocumentExamples> withoutResidue(SealedVersion sealed, List<DocumentExamples> documents) {
    Set<String> dirty = new HashSet<>();
    SplitHistory questions = SplitHistoryReader.read(sealed.files());
    questions.trained().stream().filter(this::hasResidue).forEach(dirty::add);
    questions.held().stream().filter(this::hasResidue).forEach(dirty::add);
    List<DocumentExamples> clean = new ArrayList<>();
    for (DocumentExamples document : documents) {
      List<Example> examples =
          document.examples().stream().filter(example -> isClean(example, dirty)).toList();
      clean.add(
          new DocumentExamples(
              document.documentId(),
              document.version(),
              document.generation(),
              document.filename(),
              examples));
    }
    return clean;
  }

  private boolean isClean(Example example, Set<String> dirty) {
    return example.messages().stream().map(Message::content).noneMatch(this::hasResidue)
        && example.userTexts().stream().noneMatch(dirty::contains);
  }

  private boolean hasResidue(String text) {
    return known.computeIfAbsent(text, cleanser::hasResidue);
  }
}
