package dev.migaki.cleansing;

import static java.util.Objects.requireNonNull;

import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Glossary;
import dev.migaki.cleansing.spelling.Notation;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How a dataset's text is cleansed.
 *
 * @param treatments per type; types left out are treated as {@link #standard()} does
 * @param languages ISO 639-1 codes that the dataset may contain
 * @param pseudonymKey for {@link RedactionAction#PSEUDONYM} and the audit's marks
 * @param frequencySuppression surfaces seen in at least so many documents are no persons; 0 is off
 */
public record CleansingRecipe(
    Map<FindingType, Treatment> treatments,
    Glossary glossary,
    DocumentFrequencies frequencies,
    int frequencySuppression,
    List<String> languages,
    boolean repairText,
    boolean foldWidth,
    boolean correctSpelling,
    Notation notation,
    PseudonymKey pseudonymKey) {

  private static final double DEFAULT_THRESHOLD = 0.5;

  public CleansingRecipe {
    requireNonNull(glossary, "glossary");
    requireNonNull(frequencies, "frequencies");
    requireNonNull(notation, "notation");
    requireNonNull(pseudonymKey, "pseudonymKey");
    for (String term : glossary.terms()) {
      if (notation.table().containsKey(term)) {
        throw new IllegalArgumentException(
            "findings.notation." + term + ": is in findings.glossary, so it is never respelled");
      }
    }
    languages = List.copyOf(languages);
    Map<FindingType, Treatment> complete = new EnumMap<>(FindingType.class);
    for (FindingType type : FindingType.values()) {
      Treatment given = treatments.get(type);
      complete.put(type, given == null ? standardTreatment(type) : given);
    }
    treatments = Map.copyOf(complete);
  }

  /** Identifiers and secrets are replaced, attributes kept; all repairs on. */
  public static CleansingRecipe standard() {
    return new CleansingRecipe(
        Map.of(),
        Glossary.empty(),
        DocumentFrequencies.NONE,
        0,
        List.of("ja", "en"),
        true,
        true,
        true,
        Notation.asWritten(),
        PseudonymKey.of("migaki".getBytes(StandardCharsets.UTF_8)));
  }

  private static Treatment standardTreatment(FindingType type) {
    RedactionAction action =
        switch (type.group()) {
          case IDENTIFIER, SECRET -> RedactionAction.REPLACE;
          case ATTRIBUTE -> RedactionAction.KEEP;
        };
    return new Treatment(action, DEFAULT_THRESHOLD);
  }

  public Treatment treatment(FindingType type) {
    return requireNonNull(treatments.get(type), "treatment");
  }

  public CleansingRecipe withTreatment(FindingType type, RedactionAction action, double threshold) {
    Map<FindingType, Treatment> changed = new EnumMap<>(treatments);
    changed.put(type, new Treatment(action, threshold));
    return new CleansingRecipe(
        changed,
        glossary,
        frequencies,
        frequencySuppression,
        languages,
        repairText,
        foldWidth,
        correctSpelling,
        notation,
        pseudonymKey);
  }

  public CleansingRecipe withGlossary(Glossary changed) {
    return new CleansingRecipe(
        treatments,
        changed,
        frequencies,
        frequencySuppression,
        languages,
        repairText,
        foldWidth,
        correctSpelling,
        notation,
        pseudonymKey);
  }

  public CleansingRecipe withFrequencies(DocumentFrequencies changed, int minDocuments) {
    return new CleansingRecipe(
        treatments,
        glossary,
        changed,
        minDocuments,
        languages,
        repairText,
        foldWidth,
        correctSpelling,
        notation,
        pseudonymKey);
  }

  public CleansingRecipe withLanguages(List<String> changed) {
    return new CleansingRecipe(
        treatments,
        glossary,
        frequencies,
        frequencySuppression,
        changed,
        repairText,
        foldWidth,
        correctSpelling,
        notation,
        pseudonymKey);
  }

  public CleansingRecipe withPseudonymKey(PseudonymKey changed) {
    return new CleansingRecipe(
        treatments,
        glossary,
        frequencies,
        frequencySuppression,
        languages,
        repairText,
        foldWidth,
        correctSpelling,
        notation,
        changed);
  }

  /** Switches the repair of text, the folding of width and the correction of spelling. */
  public CleansingRecipe withRepairs(boolean repair, boolean width, boolean spelling) {
    return new CleansingRecipe(
        treatments,
        glossary,
        frequencies,
        frequencySuppression,
        languages,
        repair,
        width,
        spelling,
        notation,
        pseudonymKey);
  }

  public CleansingRecipe withNotation(Notation changed) {
    return new CleansingRecipe(
        treatments,
        glossary,
        frequencies,
        frequencySuppression,
        languages,
        repairText,
        foldWidth,
        correctSpelling,
        changed,
        pseudonymKey);
  }
}
