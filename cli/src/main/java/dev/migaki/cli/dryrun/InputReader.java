package dev.migaki.cli.dryrun;

import dev.migaki.documents.parsing.DocumentParser;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.recipes.DocumentsRecipe;
import dev.migaki.documents.worker.IsolatedParser;
import dev.migaki.documents.worker.ParserUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads inputs as the service reads documents: within the recipe's bounds, and files in a process
 * that they may well kill.
 */
public final class InputReader {
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final DocumentsRecipe recipe;

  public InputReader(DocumentsRecipe recipe) {
    this.recipe = recipe;
  }

  /** Started with the first document; they end when this program does. */
  private static final class Processes {
    static final IsolatedParser PARSER =
        new IsolatedParser(
            IsolatedParser.Settings.of(Math.max(1, Runtime.getRuntime().availableProcessors())),
            (pid, reason) -> {});
  }

  /** Loaded with the first line whose structure is asked for. */
  private static final class Lines {
    static final DocumentParser PARSER = new DocumentParser(ParseLimits.defaults());
  }

  /** A file, or a line's text as one. */
  ParseOutcome parse(DryRunInput input) {
    if (!(input instanceof DryRunInput.Line line)) {
      return file(input);
    }
    return Lines.PARSER.parse(
        DryRunInput.bytes(line),
        new ParseHints(null, "text/plain; charset=utf-8", line.language()),
        recipe.bounds().limits());
  }

  /** A file, read already or to be read now. */
  ParseOutcome file(DryRunInput input) {
    return input instanceof DryRunInput.Opened opened
        ? opened.outcome()
        : open((DryRunInput.Document) input, null);
  }

  /**
   * Reads a file.
   *
   * @param directory what archives are unpacked to, null when they are one document
   */
  ParseOutcome open(DryRunInput.Document document, @Nullable Path directory) {
    try {
      return Processes.PARSER.open(
          document.bytes(),
          recipe.completed(ParseHints.ofFilename(document.filename())),
          recipe.bounds(),
          directory);
    } catch (ParserUnavailable e) {
      throw new IllegalStateException("no process for reading documents can be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a document was read", e);
    }
  }

  /** A document's bytes; of one that is too large one more than allowed, enough to say so. */
  byte[] bytes(InputStream in) throws IOException {
    return in.readNBytes(maxBytes() + 1);
  }

  /** The largest document, and the longest line; no array holds more than 2 GiB. */
  int maxBytes() {
    return (int) Math.min(recipe.bounds().limits().maxBytes(), LONGEST_ARRAY - 1);
  }
}
