package dev.migaki.cli.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.recipes.DocumentsRecipe;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** What ingest would make of an input: its type, language, text and structure, or why not. */
public final class ParseRun implements Function<DryRunInput, DryRun.Result> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InputReader reader;
  private final LanguageGuess languages;

  public ParseRun(DocumentsRecipe recipe, LanguageGuess languages) {
    this.reader = new InputReader(recipe);
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
    return new ParseResult(input, reader.parse(input), languages);
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
      String name = input.label();
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
