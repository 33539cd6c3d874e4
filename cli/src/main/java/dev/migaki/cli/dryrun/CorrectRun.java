package dev.migaki.cli.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.cleansing.spelling.CorrectedText;
import dev.migaki.cleansing.spelling.SpellingEdit;
import dev.migaki.documents.parsing.ParseOutcome;
import java.util.List;
import java.util.function.Function;

/** Which spellings of an input a recipe would correct, and where. */
public final class CorrectRun implements Function<DryRunInput, DryRun.Result> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InputReader reader;
  private final TextCleanser cleanser;

  public CorrectRun(DryRunRecipe recipe) {
    this.reader = new InputReader(recipe.documents());
    this.cleanser = TextCleanser.create(recipe.dataset().cleansing());
  }

  @Override
  public DryRun.Result apply(DryRunInput input) {
    if (input instanceof DryRunInput.Line line) {
      return corrected(input, line.text());
    }
    ParseOutcome outcome = reader.file(input);
    if (outcome instanceof ParseOutcome.Rejected rejected) {
      return new RedactRun.RejectedResult(input, rejected);
    }
    return corrected(input, ((ParseOutcome.Parsed) outcome).document().text());
  }

  private DryRun.Result corrected(DryRunInput input, String text) {
    return new CorrectResult(input, text, cleanser.correct(text));
  }

  private record CorrectResult(DryRunInput input, String text, CorrectedText corrected)
      implements DryRun.Result {
    @Override
    public List<ObjectNode> json() {
      ObjectNode object = JSON.createObjectNode();
      object.put("text", corrected.text());
      ArrayNode edits = object.putArray("edits");
      CodePoints positions = new CodePoints(text);
      for (SpellingEdit edit : corrected.edits()) {
        edits
            .addObject()
            .put("start", positions.at(edit.start()))
            .put("end", positions.at(edit.end()))
            .put("from", edit.from())
            .put("to", edit.to())
            .put("rule", edit.rule());
      }
      return List.of(object);
    }

    @Override
    public String text() {
      StringBuilder report = new StringBuilder("== " + input.label() + ": ");
      report.append(corrected.edits().size()).append(" corrected\n");
      for (SpellingEdit edit : corrected.edits()) {
        report
            .append("  ")
            .append(edit.from())
            .append(" -> ")
            .append(edit.to())
            .append("  (")
            .append(edit.rule())
            .append(")\n");
      }
      return report.append(corrected.text()).append('\n').toString();
    }

    @Override
    public String toString() {
      return "CorrectResult[edits=" + corrected.edits().size() + "]";
    }
  }
}
