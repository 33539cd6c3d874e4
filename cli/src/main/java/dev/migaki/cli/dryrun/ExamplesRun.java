package dev.migaki.cli.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.cleansing.language.LanguageIdentifier;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.Message;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.extraction.DocumentOrigin;
import dev.migaki.datasets.extraction.Extraction;
import dev.migaki.datasets.extraction.QuestionAnswerExtractor;
import dev.migaki.datasets.preparation.DocumentPreparation;
import dev.migaki.datasets.preparation.PreparedDocument;
import dev.migaki.datasets.quality.QualityLimits;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.parsing.ParseOutcome;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The questions and answers that the pipeline would make of an input. */
public final class ExamplesRun implements Function<DryRunInput, DryRun.Result> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InputReader reader;
  private final DocumentPreparation preparation;
  private final LanguageIdentifier languages = LanguageIdentifier.create();
  private final QuestionAnswerExtractor extractor;
  private final boolean asIs;

  /**
   * @param asIs extract from the text as it is, without removal of personal data and repairs
   */
  public ExamplesRun(DryRunRecipe recipe, boolean asIs) {
    this.reader = new InputReader(recipe.documents());
    DatasetRecipe dataset = recipe.dataset();
    QualityLimits quality = dataset.examples().quality();
    TextCleanser cleanser = TextCleanser.create(dataset.cleansing(), SecondReaders.of(dataset));
    this.preparation = new DocumentPreparation(new DocumentCleanser(cleanser), quality);
    this.extractor = new QuestionAnswerExtractor(quality);
    this.asIs = asIs;
  }

  @Override
  public DryRun.Result apply(DryRunInput input) {
    ParseOutcome outcome = reader.parse(input);
    if (outcome instanceof ParseOutcome.Rejected rejected) {
      return new RedactRun.RejectedResult(input, rejected);
    }
    ParsedDocument document = ((ParseOutcome.Parsed) outcome).document();
    String name = input.id().asText();
    if (asIs) {
      Extraction extraction =
          extractor.extract(new DocumentOrigin(name, 1, name, language(document)), document);
      return new ExamplesResult(input, extraction.examples(), extraction.rejects());
    }
    PreparedDocument prepared = preparation.prepare(name, 1, name, document);
    return new ExamplesResult(input, prepared.examples(), prepared.rejects());
  }

  private String language(ParsedDocument document) {
    return document.language() == null
        ? languages.identify(document.text()).code()
        : document.language();
  }

  /**
   * @param leftOut how many pairs of the input were none, by reason
   */
  private record ExamplesResult(
      DryRunInput input, List<Example> examples, Map<String, Integer> leftOut)
      implements DryRun.Result {
    /**
     * Files give a line per example, or one that says why there is none; a line of JSONL gives
     * exactly one line, with all of them.
     */
    @Override
    public List<ObjectNode> json() {
      List<ObjectNode> objects = examples.stream().map(ExamplesResult::json).toList();
      boolean isLine = input instanceof DryRunInput.Line;
      if (!isLine && !objects.isEmpty()) {
        return objects;
      }
      ObjectNode line = objects.isEmpty() ? none() : objects.get(0).deepCopy();
      if (!isLine) {
        return List.of(line);
      }
      line.putArray("examples").addAll(objects);
      return List.of(line);
    }

    /**
     * In the form of a file that could not be read, with the reasons as the manifest counts them.
     */
    private ObjectNode none() {
      ObjectNode object = JSON.createObjectNode();
      object
          .putObject("rejected")
          .put("code", "NO_EXAMPLES")
          .put("message", why())
          .set("reasons", JSON.valueToTree(leftOut));
      return object;
    }

    private String why() {
      return leftOut.isEmpty()
          ? "No question with an answer was found."
          : "Questions with answers were found, but none was kept: " + counts() + ".";
    }

    private String counts() {
      return leftOut.entrySet().stream()
          .map(reason -> reason.getKey() + " " + reason.getValue())
          .collect(Collectors.joining(", "));
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
      text.append("== %s: %d examples".formatted(input.label(), examples.size()));
      if (examples.isEmpty()) {
        text.append(". ").append(why());
      } else if (!leftOut.isEmpty()) {
        text.append("; left out: ").append(counts());
      }
      text.append('\n');
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
