package dev.migaki.cli.dryrun;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.migaki.documents.ContentId;
import dev.migaki.documents.parsing.DocumentParser;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.parsing.ParseOutcome.Unpacked;
import dev.migaki.documents.parsing.RejectionCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Archives as the service takes them: each file inside is a document of its own, with the id that
 * it would have there. Unpacked in the process that reads documents, one archive after the other.
 */
final class ArchiveFiles {
  private ArchiveFiles() {}

  /** What a file gives, or nothing when it is an archive whose files are to be read instead. */
  static Optional<DryRunInput> opened(DryRunInput.Document document, InputReader reader) {
    if (!DocumentParser.mayBeArchive(document.bytes())) {
      return Optional.of(document);
    }
    try {
      Path directory = Files.createTempDirectory("migaki-dry-run-");
      try {
        ParseOutcome outcome = reader.open(document, directory);
        return outcome instanceof Unpacked
            ? Optional.empty()
            : Optional.of(new DryRunInput.Opened(document.id(), document.filename(), outcome));
      } finally {
        remove(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no place to unpack archives to", e);
    }
  }

  /**
   * Hands on an input, or the files of an archive in its place.
   *
   * @param warnings takes what of an archive had to be left out
   */
  static void flat(
      DryRunInput input,
      InputReader reader,
      Consumer<String> warnings,
      DryRunSource.Receiver receiver)
      throws IOException {
    if (!(input instanceof DryRunInput.Document document)) {
      receiver.accept(input);
      return;
    }
    Optional<DryRunInput> opened = opened(document, reader);
    if (opened.isPresent()) {
      receiver.accept(opened.get());
    } else {
      each(document, reader, warnings, receiver);
    }
  }

  /**
   * Hands on the files of an archive in their order, refused ones with the reason.
   *
   * @param warnings takes what of the archive had to be left out
   */
  static void each(
      DryRunInput.Document archive,
      InputReader reader,
      Consumer<String> warnings,
      DryRunSource.Receiver receiver)
      throws IOException {
    Path directory = Files.createTempDirectory("migaki-dry-run-");
    try {
      ParseOutcome outcome = reader.open(archive, directory);
      if (outcome instanceof Unpacked unpacked) {
        unpacked.warnings().forEach(warning -> warnings.accept(archive.label() + ": " + warning));
        for (Unpacked.Entry entry : unpacked.entries()) {
          receiver.accept(input(archive, entry));
        }
      } else {
        receiver.accept(new DryRunInput.Opened(archive.id(), archive.filename(), outcome));
      }
    } finally {
      remove(directory);
    }
  }

  private static DryRunInput input(DryRunInput.Document archive, Unpacked.Entry entry)
      throws IOException {
    TextNode id = TextNode.valueOf(ContentId.of(archive.id().asText(), entry.path()));
    RejectionCode code = entry.code();
    Path file = entry.file();
    if (code != null || file == null) {
      return new DryRunInput.Opened(
          id,
          entry.path(),
          new ParseOutcome.Rejected(
              code == null ? RejectionCode.DAMAGED : code, String.valueOf(entry.message())));
    }
    return new DryRunInput.Document(id, entry.path(), Files.readAllBytes(file));
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
