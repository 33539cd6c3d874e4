package dev.migaki.cli.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.documents.parsing.DocumentParser;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.worker.IsolatedParser;
import dev.migaki.documents.worker.ParseBounds;
import dev.migaki.documents.worker.ParserUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What ingest would make of an input: its type, language, text and structure, or why not. */
public final class ParseRun implements Function<DryRunInput, DryRun.Result> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DocumentParser parser = new DocumentParser(ParseLimits.defaults());
  private final LanguageGuess languages;

  public ParseRun(LanguageGuess languages) {
    this.languages = languages;
  }

  /** The language of a text whose document declares none. */
  @FunctionalInterface
  public interface LanguageGuess {
    /** ISO 639-1 code, or {@code und}. */
    String of(String text);
  }

  @Override
  public DryRun.Result apply(DryRunInput input) {
    return new ParseResult(input, parse(parser, input), languages);
  }

  static ParseOutcome parse(DocumentParser parser, DryRunInput input) {
    if (!(input instanceof DryRunInput.Line line)) {
      return file(input);
    }
    return parser.parse(
        DryRunInput.bytes(line),
        new ParseHints(null, "text/plain; charset=utf-8", line.language()));
  }

  /** A file, read already or to be read now. */
  static ParseOutcome file(DryRunInput input) {
    return input instanceof DryRunInput.Opened opened
        ? opened.outcome()
        : open((DryRunInput.Document) input, null);
  }

  /**
   * Files are read as the service reads them: in a process that they may well kill.
   *
   * @param directory what archives are unpacked to, null when they are one document
   */
  static ParseOutcome open(DryRunInput.Document document, @Nullable Path directory) {
    try {
      return Processes.PARSER.open(
          document.bytes(),
          ParseHints.ofFilename(document.filename()),
          ParseBounds.defaults(),
          directory);
    } catch (ParserUnavailable e) {
      throw new IllegalStateException("no process for reading documents can be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a document was read", e);
    }
  }

  /** Started with the first document; they end when this program does. */
  private static final class Processes {
    static final IsolatedParser PARSER =
        new IsolatedParser(
            IsolatedParser.Settings.of(Math.max(1, Runtime.getRuntime().availableProcessors())),
            (pid, reason) -> {});
  }

  /** Rejected fields as every dry run prints them. */
  static ObjectNode rejected(ParseOutcome.Rejected rejected) {
    ObjectNode object = JSON.createObjectNode();
    object
        .putObject("rejected")
        .put("code", rejected.code().name())
        .put("message", rejected.message());
    return object;
  }

  private record ParseResult(DryRunInput input, ParseOutcome outcome, LanguageGuess languages)
      implements DryRun.Result {
    @Override
    public List<ObjectNode> json() {
      if (outcome instanceof ParseOutcome.Rejected rejected) {
        return List.of(rejected(rejected));
      }
      ParsedDocument document = ((ParseOutcome.Parsed) outcome).document();
      ObjectNode object = JSON.createObjectNode();
      object.put("mediaType", document.mediaType());
      object.put("language", language(document));
      object.put("title", document.title());
      object.put("text", document.text());
      try {
        object.set("structure", JSON.readTree(ParsedDocumentJson.write(document)).path("blocks"));
      } catch (IOException e) {
        throw new IllegalStateException("a parsed document has a JSON form", e);
      }
      object.set("warnings", JSON.valueToTree(((ParseOutcome.Parsed) outcome).warnings()));
      return List.of(object);
    }

    @Override
    public String text() {
      String name = input.id().asText();
      if (outcome instanceof ParseOutcome.Rejected rejected) {
        return "== %s: rejected, %s. %s\n".formatted(name, rejected.code(), rejected.message());
      }
      ParsedDocument document = ((ParseOutcome.Parsed) outcome).document();
      return "== %s: %s, %s, %d blocks\n%s\n"
          .formatted(
              name,
              document.mediaType(),
              language(document),
              document.blocks().size(),
              document.text());
    }

    private String language(ParsedDocument document) {
      return document.language() == null ? languages.of(document.text()) : document.language();
    }
  }
}
