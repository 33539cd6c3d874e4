package dev.migaki.cleansing;

import static java.util.Objects.requireNonNull;

import dev.migaki.cleansing.language.IdentifiedLanguage;
import dev.migaki.cleansing.recognition.Finding;
import java.util.List;

/**
 * A document's blocks after all operators, in the order given.
 *
 * @param language that most of its characters are in
 */
public record CleansedDocument(List<CleansedText> blocks, IdentifiedLanguage language) {

  public CleansedDocument {
    requireNonNull(language, "language");
    blocks = List.copyOf(blocks);
  }

  public List<String> texts() {
    return blocks.stream().map(CleansedText::text).toList();
  }

  public FindingCounts counts() {
    FindingCounts counts = FindingCounts.none();
    for (CleansedText block : blocks) {
      counts = counts.plus(block.redaction().counts());
    }
    return counts;
  }

  public boolean isQuarantined() {
    return blocks.stream().anyMatch(CleansedText::isQuarantined);
  }

  /** All findings that a last scan still saw. */
  public List<Finding> residue() {
    return blocks.stream().flatMap(block -> block.redaction().residue().stream()).toList();
  }
}
