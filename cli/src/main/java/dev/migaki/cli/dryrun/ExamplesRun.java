package dev.migaki.cli.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cleansing.DocumentContext;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.cleansing.language.LanguageIdentifier;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.Message;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.extraction.DocumentOrigin;
import dev.migaki.datasets.extraction.QuestionAnswerExtractor;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.parsing.DocumentParser;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.parsing.ParseOutcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** The questions and answers that the pipeline would make of an input. */
public final class ExamplesRun implements Function<DryRunInput, DryRun.Result> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DocumentParser parser = new DocumentParser(ParseLimits.defaults());
  private final TextCleanser cleanser;
  private final LanguageIdentifier languages = LanguageIdentifier.create();
  private final QuestionAnswerExtractor extractor;
  private final boolean asIs;

  /**
   * @param asIs extract from the text as it is, without removal of personal data and repairs
   */
  public ExamplesRun(DatasetRecipe recipe, boolean asIs) {
    this.cleanser = TextCleanser.create(recipe.cleansing(), SecondReaders.of(recipe));
    this.extractor = new QuestionAnswerExtractor(recipe.examples().quality());
    this.asIs = asIs;
  }

  @Override
  public DryRun.Result apply(DryRunInput input) {
    ParseOutcome outcome = ParseRun.parse(parser, input);
    if (outcome instanceof ParseOutcome.Rejected rejected) {
      return new RedactRun.RejectedResult(input, rejected);
    }
    ParsedDocument parsed = ((ParseOutcome.Parsed) outcome).document();
    String language =
        parsed.language() == null ? languages.identify(parsed.text()).code() : parsed.language();
    ParsedDocument document = asIs ? parsed : cleansed(parsed, language);
    String name = input.id().asText();
    DocumentOrigin origin = new DocumentOrigin(name, 1, name, language);
    return new ExamplesResult(input, extractor.extract(origin, document).examples());
  }

  /** All texts of the document at once, so that equal values get equal placeholders. */
  private ParsedDocument cleansed(ParsedDocument document, String language) {
    List<String> texts = new ArrayList<>();
    document.mapText(
        text -> {
          texts.add(text);
          return text;
        });
    Iterator<String> cleansed =
        cleanser.cleanseBlocks(texts, new DocumentContext(language, List.of())).iterator();
    return document.mapText(text -> cleansed.next());
  }

  private record ExamplesResult(DryRunInput input, List<Example> examples)
      implements DryRun.Result {
    /** Files give a line per example; a line of JSONL gives exactly one line, with all of them. */
    @Override
    public List<ObjectNode> json() {
      List<ObjectNode> objects = examples.stream().map(ExamplesResult::json).toList();
      if (!(input instanceof DryRunInput.Line)) {
        return objects;
      }
      ObjectNode line = JSON.createObjectNode();
      if (!objects.isEmpty()) {
        line.setAll(objects.get(0));
      }
      line.putArray("examples").addAll(objects);
      return List.of(line);
    }

    private static ObjectNode json(Example example) {
      ObjectNode object = JSON.createObjectNode();
      ArrayNode messages = object.putArray("messages");
      for (Message message : example.messages()) {
        ObjectNode said = messages.addObject();
        said.put("role", message.role().wireName()).put("content", message.content());
        if (message.weight() == 0) {
          said.put("weight", 0);
        }
      }
      if (example.nonPreferred() != null) {
        object.put("nonPreferred", example.nonPreferred());
      }
      Source source = example.source();
      if (source != null) {
        object
            .putObject("source")
            .put("document", source.documentId())
            .put("page", source.page())
            .put("start", source.start())
            .put("end", source.end());
      }
      object.put("extractor", example.extractor());
      object.put("language", example.language());
      return object;
    }

    @Override
    public String text() {
      StringBuilder text = new StringBuilder();
      text.append("== %s: %d examples\n".formatted(input.id().asText(), examples.size()));
      for (Example example : examples) {
        for (Message message : example.messages()) {
          said(text, message.role().wireName(), message.content());
        }
        if (example.nonPreferred() != null) {
          said(text, "not", example.nonPreferred());
        }
        text.append("            [").append(example.extractor()).append("]\n");
      }
      return text.toString();
    }

    private static void said(StringBuilder text, String who, String content) {
      text.append("  %-9s ".formatted(who))
          .append(content.replace("\n", "\n            "))
          .append('\n');
    }
  }
}
