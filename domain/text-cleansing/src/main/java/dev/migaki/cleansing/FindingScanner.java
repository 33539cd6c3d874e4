package dev.migaki.cleansing;

import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Glossary;
import dev.migaki.cleansing.recognition.OverlapResolver;
import dev.migaki.cleansing.recognition.Recognizer;
import dev.migaki.cleansing.recognition.Recognizers;
import dev.migaki.cleansing.recognition.ScannedText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the recognisers over a text and decides which findings count. */
final class FindingScanner {

  /** Above this score a witness other than a word list has spoken; frequency does not count. */
  private static final double WITNESSED = 0.85;

  private final CleansingRecipe recipe;
  private final List<Recognizer> recognizers = Recognizers.standard();

  FindingScanner(CleansingRecipe recipe) {
    this.recipe = recipe;
  }

  /** A text with what the recognisers alone found in it; overlaps not yet resolved. */
  record Scan(ScannedText scanned, List<Finding> candidates) {

    Scan {
      candidates = List.copyOf(candidates);
    }

    /** With what else was found in the text; considered already. */
    Scan with(List<Finding> more) {
      List<Finding> all = new ArrayList<>(candidates);
      all.addAll(more);
      return new Scan(scanned, all);
    }
  }

  /** Runs the recognisers; the expensive part. */
  Scan scan(String text, @Nullable String label) {
    List<Finding> candidates = new ArrayList<>();
    ScannedText scanned = ScannedText.labelled(text, label);
    for (Recognizer recognizer : recognizers) {
      recognizer.recognize(scanned, finding -> consider(text, finding, candidates));
    }
    return new Scan(scanned, candidates);
  }

  /** Adds what the document knows; at or above threshold, without overlaps, by position. */
  List<Finding> resolve(Scan scan, DocumentTerms terms) {
    List<Finding> counted = new ArrayList<>(scan.candidates());
    String text = scan.scanned().text();
    Map<Place, Finding> first = new HashMap<>();
    for (Finding finding : scan.candidates()) {
      first.putIfAbsent(Place.of(finding), finding);
    }
    terms.recognize(
        scan.scanned(), finding -> consider(text, namedByFinder(finding, first), counted));
    return counted.isEmpty() ? counted : OverlapResolver.resolve(counted);
  }

  private record Place(FindingType type, int start, int end) {

    static Place of(Finding finding) {
      return new Place(finding.type(), finding.start(), finding.end());
    }
  }

  /** What the document knows is found again where it was found first: the audit names who did. */
  private static Finding namedByFinder(Finding known, Map<Place, Finding> found) {
    Finding first = found.get(Place.of(known));
    return first == null
        ? known
        : new Finding(known.type(), known.start(), known.end(), known.score(), first.recognizer());
  }

  /** Adds the finding if threshold, glossary and frequency leave it standing. */
  void consider(String text, Finding finding, List<Finding> counted) {
    if (finding.score() < recipe.treatment(finding.type()).threshold()) {
      return;
    }
    String value = text.substring(finding.start(), finding.end());
    if (value.indexOf('<') >= 0 && ScannedText.PLACEHOLDER.matcher(value).find()) {
      return;
    }
    if (!recipe.glossary().allows(finding.type(), value) && !isFrequent(finding, value)) {
      counted.add(finding);
    }
  }

  private boolean isFrequent(Finding finding, String value) {
    return recipe.frequencySuppression() > 0
        && finding.type() == FindingType.PERSON
        && finding.score() < WITNESSED
        && recipe.frequencies().documentsWith(Glossary.key(value)) >= recipe.frequencySuppression();
  }

  boolean removes(Finding finding) {
    return recipe.treatment(finding.type()).removes();
  }
}
