package dev.migaki.documents.parsing;

import dev.migaki.documents.parsing.DetectedType.Format;
import dev.migaki.documents.parsing.ParseOutcome.Unpacked;
import dev.migaki.documents.parsing.ParseOutcome.Unpacked.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks an archive, and the archives inside it, to files with numbers for names, one at a time:
 * memory is needed for the outermost archive only. Of two files with one name the later counts, as
 * when they are unpacked by hand.
 */
final class ArchiveUnpacker {

  /** What separates the path of an archive from the path of a file inside it. */
  static final String INSIDE = "!/";

  private static final Set<Format> ARCHIVES =
      Set.of(Format.ZIP, Format.SEVEN_ZIP, Format.TAR, Format.GZIP);

  private final FormatDetector detector;
  private final ParseLimits limits;
  private final ArchiveBudget budget;
  private final Path directory;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private int written;

  /**
   * @param packedBytes size of the outermost archive
   */
  ArchiveUnpacker(FormatDetector detector, ParseLimits limits, long packedBytes, Path directory) {
    this.detector = detector;
    this.limits = limits;
    this.budget = new ArchiveBudget(limits, packedBytes);
    this.directory = directory;
  }

  /** The type when these bytes are an archive, else null. */
  static @Nullable DetectedType typeOf(byte[] bytes, ParseHints hints, FormatDetector detector)
      throws IOException {
    if (!ArchiveSigns.in(bytes)) {
      return null;
    }
    DetectedType type = detector.detect(bytes, hints);
    return ARCHIVES.contains(type.format()) ? type : null;
  }

  /**
   * @throws Refusal when nothing is to be had from the archive, for one reason
   */
  Unpacked unpack(byte[] bytes, DetectedType type, String name) throws Refusal {
    try {
      walk(() -> new SeekableInMemoryByteChannel(bytes), type.format(), name, "", 1);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      if (entries.isEmpty()) {
        throw OfficeReader.damaged();
      }
      warnings.add("the archive is damaged after file " + entries.size() + ", the rest left out");
    }
    Refusal common = commonRefusal();
    if (common != null) {
      throw common;
    }
    return new Unpacked(type.mediaType(), List.copyOf(entries.values()), warnings);
  }

  /**
   * @param prefix of the paths of the files in this archive
   * @param depth of these files, 1 for those of the outermost archive
   */
  private void walk(
      ArchiveWalk.Archive archive, Format format, String name, String prefix, int depth)
      throws Refusal, IOException {
    new ArchiveWalk(budget, new IntoFiles(prefix, depth)).through(archive, format, name);
  }

  private @Nullable Refusal commonRefusal() {
    Set<Entry> different =
        entries.values().stream()
            .map(entry -> new Entry("", null, 0, entry.code(), entry.message()))
            .collect(Collectors.toSet());
    Entry only = different.size() == 1 ? different.iterator().next() : null;
    return only == null || only.code() == null
        ? null
        : new Refusal(only.code(), String.valueOf(only.message()));
  }

  private void put(Entry entry) throws IOException {
    Entry earlier = entries.remove(entry.path());
    entries.put(entry.path(), entry);
    if (earlier != null && earlier.file() != null) {
      Files.deleteIfExists(earlier.file());
    }
  }

  private final class IntoFiles implements ArchiveEntries.Visitor {
    private final String prefix;
    private final int depth;

    IntoFiles(String prefix, int depth) {
      this.prefix = prefix;
      this.depth = depth;
    }

    @Override
    public void file(String path, long declaredBytes, InputStream content)
        throws IOException, Refusal {
      if (declaredBytes > limits.maxBytes()) {
        budget.claimed(declaredBytes);
        refused(path, ArchiveEntries.tooLarge(limits));
        return;
      }
      Path file = directory.resolve(Integer.toString(written++));
      try {
        boolean whole;
        try (OutputStream out = Files.newOutputStream(file)) {
          whole = new BoundedCopy(limits.maxBytes(), budget).of(content, out);
        }
        if (!whole) {
          Files.delete(file);
          refused(path, ArchiveEntries.tooLarge(limits));
        } else {
          keep(path, file);
        }
      } catch (IOException | RuntimeException damaged) {
        Files.deleteIfExists(file);
        throw damaged instanceof IOException known ? known : new IOException(damaged);
      }
    }

    private void keep(String path, Path file) throws IOException, Refusal {
      byte[] head;
      try (InputStream in = Files.newInputStream(file)) {
        head = in.readNBytes(ArchiveSigns.HEAD);
      }
      DetectedType type =
          ArchiveSigns.in(head)
              ? typeOf(Files.readAllBytes(file), ParseHints.ofFilename(path), detector)
              : null;
      if (type == null) {
        put(new Entry(prefix + path, file, Files.size(file), null, null));
        return;
      }
      inside(path, file, type.format());
      Files.delete(file);
    }

    private void inside(String path, Path file, Format format) throws IOException, Refusal {
      if (depth + 1 > limits.maxDepth()) {
        refused(path, ArchiveEntries.tooDeep(limits));
        return;
      }
      try {
        walk(() -> Files.newByteChannel(file), format, path, prefix + path + INSIDE, depth + 1);
      } catch (Refusal refusal) {
        if (budget.isSpent()) {
          throw refusal;
        }
        refused(path, refusal);
      } catch (IOException | RuntimeException | StackOverflowError e) {
        refused(path, OfficeReader.damaged());
      }
    }

    @Override
    public void refused(String path, Refusal why) throws Refusal {
      try {
        put(new Entry(prefix + path, null, 0, why.code(), why.reason()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
