package dev.migaki.datasets.sealing;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.balance.BalanceReport;
import dev.migaki.datasets.spill.SpillFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dataset version before it is stored. Its files lie in nameless temporary files until it is
 * closed: the training lines of a million examples are several GB.
 *
 * @param version SHA-256 of the content files: same examples, same version
 * @param files name ({@code train}, {@code validation}, {@code test}, {@code edge}, {@code
 *     unanswerable}, {@code lineage}, {@code contradictions}, and {@code preference} when there are
 *     pairs) to UTF-8 JSONL
 * @param lines lines of each file
 * @param tokens estimated tokens of each content file
 * @param languages training examples by language
 * @param kinds training examples by kind, test questions by kind
 * @param teachers training examples that come from a pair which a model proposed, by its name
 * @param balance how the training originals are spread; also the file {@code balance} (JSON)
 * @param rejects what was left out while sealing, by reason
 */
public record SealedVersion(
    String version,
    Map<String, SpillFile> files,
    Map<String, Integer> lines,
    Map<String, Long> tokens,
    Map<String, Integer> languages,
    Map<String, Integer> kinds,
    Map<String, Integer> teachers,
    Map<String, Integer> rejects,
    List<Contradiction> contradictions,
    int facts,
    BalanceReport balance)
    implements AutoCloseable {
  public SealedVersion {
    requireNonNull(version, "version");
    requireNonNull(balance, "balance");
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
    tokens = Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
    languages = Collections.unmodifiableMap(new TreeMap<>(languages));
    kinds = Collections.unmodifiableMap(new TreeMap<>(kinds));
    teachers = Collections.unmodifiableMap(new TreeMap<>(teachers));
    rejects = Collections.unmodifiableMap(new TreeMap<>(rejects));
    contradictions = List.copyOf(contradictions);
  }

  /** Lines of a file, 0 for one that is not there. */
  public int count(String file) {
    return lines.getOrDefault(file, 0);
  }

  /** Lets the files go; the figures stay. */
  @Override
  public void close() {
    files.values().forEach(SpillFile::close);
  }
}
