package dev.migaki.cli.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.Redaction;
import dev.migaki.cleansing.RedactionAction;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.documents.parsing.ParseOutcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a recipe would remove from an input, and where. */
public final class RedactRun implements Function<DryRunInput, DryRun.Result> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CleansingRecipe recipe;
  private final InputReader reader;
  private final TextCleanser cleanser;

  public RedactRun(DryRunRecipe recipe) {
    this.recipe = recipe.dataset().cleansing();
    this.reader = new InputReader(recipe.documents());
    this.cleanser = TextCleanser.create(this.recipe, SecondReaders.of(recipe.dataset()));
  }

  @Override
  public DryRun.Result apply(DryRunInput input) {
    if (input instanceof DryRunInput.Line line) {
      return redacted(input, line.text());
    }
    ParseOutcome outcome = reader.file(input);
    if (outcome instanceof ParseOutcome.Rejected rejected) {
      return new RejectedResult(input, rejected);
    }
    return redacted(input, ((ParseOutcome.Parsed) outcome).document().text());
  }

  private DryRun.Result redacted(DryRunInput input, String text) {
    Redaction redaction = cleanser.redact(text);
    List<Finding> removed =
        redaction.findings().stream()
            .filter(finding -> recipe.treatment(finding.type()).action() != RedactionAction.KEEP)
            .toList();
    return new RedactResult(input, text, redaction, removed);
  }

  private record RedactResult(
      DryRunInput input, String text, Redaction redaction, List<Finding> removed)
      implements DryRun.Result {
    @Override
    public List<ObjectNode> json() {
      ObjectNode object = JSON.createObjectNode();
      object.put("text", redaction.text());
      if (redaction.isQuarantined()) {
        object.put("quarantined", true);
      }
      ArrayNode spans = object.putArray("spans");
      CodePoints positions = new CodePoints(text);
      for (Finding finding : removed) {
        spans
            .addObject()
            .put("type", finding.type().name())
            .put("start", positions.at(finding.start()))
            .put("end", positions.at(finding.end()))
            .put("score", finding.score())
            .put("recognizer", finding.recognizer());
      }
      return List.of(object);
    }

    @Override
    public String text() {
      Map<String, Long> counts =
          removed.stream()
              .collect(
                  Collectors.groupingBy(
                      finding -> finding.type().name(), TreeMap::new, Collectors.counting()));
      String found =
          counts.isEmpty()
              ? "nothing found"
              : counts.entrySet().stream()
                  .map(count -> count.getKey() + " " + count.getValue())
                  .collect(Collectors.joining(", "));
      String held =
          redaction.isQuarantined() ? " (quarantined: a last scan still finds something)" : "";
      return "== %s: %s%s\n%s\n".formatted(input.label(), found, held, redaction.text());
    }

    @Override
    public String toString() {
      return "RedactResult[removed=" + removed.size() + "]";
    }
  }

  /** An input that gives no text. */
  record RejectedResult(DryRunInput input, ParseOutcome.Rejected rejected)
      implements DryRun.Result {
    @Override
    public List<ObjectNode> json() {
      return List.of(ParseRun.rejected(rejected));
    }

    @Override
    public String text() {
      return "== %s: rejected, %s. %s\n"
          .formatted(input.label(), rejected.code(), rejected.message());
    }
  }
}
