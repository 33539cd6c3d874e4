package dev.migaki.datasets.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.cleansing.RedactionAction;
import dev.migaki.cleansing.Treatment;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Glossary;
import dev.migaki.cleansing.spelling.Notation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the {@code findings} block of a recipe. */
final class FindingsBlock {
  private final PseudonymKey key;
  private final boolean hasKey;

  /**
   * @param hasKey whether the key is the tenant's, so that pseudonyms stay the same
   */
  FindingsBlock(PseudonymKey key, boolean hasKey) {
    this.key = key;
    this.hasKey = hasKey;
  }

  CleansingRecipe read(JsonNode root) {
    JsonNode findings = root.path("findings");
    CleansingRecipe recipe =
        CleansingRecipe.standard()
            .withLanguages(RecipeReader.languages(root))
            .withPseudonymKey(key)
            .withRepairs(true, true, findings.path("correctSpelling").asBoolean(true));
    recipe =
        recipe.withGlossary(
            Glossary.of(
                texts(findings.path("glossary")),
                texts(findings.path("confidential")),
                texts(findings.path("persons"))));
    recipe =
        recipe.withNotation(
            new Notation(
                entries(findings.path("notation")),
                findings.path("unifyNotation").asBoolean(false)));
    RedactionAction action = action("action", findings.path("action").asText("replace"));
    for (FindingType type : FindingType.values()) {
      Treatment standard = recipe.treatment(type);
      double threshold =
          findings
              .path("thresholds")
              .path(type.name())
              .asDouble(findings.path("threshold").asDouble(standard.threshold()));
      if (!(threshold > 0 && threshold <= 1)) {
        throw new IllegalArgumentException(
            "findings.thresholds." + type.name() + " must be above 0 and at most 1");
      }
      boolean kept = standard.action() == RedactionAction.KEEP;
      JsonNode own = findings.path("actions").path(type.name());
      RedactionAction chosen = kept ? RedactionAction.KEEP : action;
      if (!own.isMissingNode()) {
        chosen = action("actions." + type.name(), own.asText());
      }
      recipe = recipe.withTreatment(type, chosen, threshold);
    }
    requireKnownTypes("thresholds", findings.path("thresholds"));
    requireKnownTypes("actions", findings.path("actions"));
    return recipe;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static Map<String, String> entries(JsonNode map) {
    if (!map.isObject() && !map.isMissingNode() && !map.isNull()) {
      throw new IllegalArgumentException("findings.notation must map spellings to spellings");
    }
    Map<String, String> entries = new TreeMap<>();
    map.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue().asText()));
    return entries;
  }

  private RedactionAction action(String where, String name) {
    RedactionAction action =
        switch (name) {
          case "replace" -> RedactionAction.REPLACE;
          case "pseudonym" -> RedactionAction.PSEUDONYM;
          case "mask" -> RedactionAction.MASK;
          case "drop" -> RedactionAction.DROP;
          case "generalise" -> RedactionAction.GENERALISE;
          case "keep" -> RedactionAction.KEEP;
          default ->
              throw new IllegalArgumentException(
                  "findings."
                      + where
                      + " must be replace, pseudonym, generalise, mask, drop or keep");
        };
    if (action == RedactionAction.PSEUDONYM && !hasKey) {
      throw new IllegalArgumentException(
          "findings." + where + ": pseudonym needs the key MIGAKI_CLEANSE_PSEUDONYM_KEY");
    }
    return action;
  }

  private static void requireKnownTypes(String where, JsonNode types) {
    types
        .fieldNames()
        .forEachRemaining(
            name -> {
              boolean known =
                  Arrays.stream(FindingType.values()).anyMatch(type -> type.name().equals(name));
              if (!known) {
                throw new IllegalArgumentException(
                    "findings." + where + ": unknown type " + name.toUpperCase(Locale.ROOT));
              }
            });
  }
}
