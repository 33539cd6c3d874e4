package dev.migaki.datasets.recipes;

import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.cleansing.RedactionAction;
import dev.migaki.cleansing.Treatment;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Glossary;
import dev.migaki.cleansing.spelling.Notation;
import dev.migaki.recipes.RecipeBlock;
import java.util.List;
import java.util.stream.Stream;

/** Reads the {@code findings} block of a recipe. */
final class FindingsBlock {
  private static final List<String> TYPES =
      Stream.of(FindingType.values()).map(Enum::name).toList();

  private final PseudonymKey key;
  private final boolean hasKey;

  /**
   * @param hasKey whether the key is the tenant's, so that pseudonyms stay the same
   */
  FindingsBlock(PseudonymKey key, boolean hasKey) {
    this.key = key;
    this.hasKey = hasKey;
  }

  static RecipeBlock in(RecipeBlock root) {
    return root.block(
        "findings",
        List.of(
            "threshold",
            "thresholds",
            "action",
            "actions",
            "correctSpelling",
            "notation",
            "unifyNotation",
            "glossary",
            "confidential",
            "persons",
            "remote"));
  }

  CleansingRecipe read(RecipeBlock root) {
    RecipeBlock findings = in(root);
    RecipeBlock thresholds = findings.block("thresholds", TYPES);
    RecipeBlock actions = findings.block("actions", TYPES);
    CleansingRecipe recipe =
        CleansingRecipe.standard()
            .withLanguages(RecipeReader.languages(root))
            .withPseudonymKey(key)
            .withRepairs(true, true, findings.flag("correctSpelling", true));
    recipe =
        recipe.withGlossary(
            Glossary.of(
                findings.texts("glossary"),
                findings.texts("confidential"),
                findings.texts("persons")));
    recipe =
        recipe.withNotation(
            new Notation(findings.entries("notation"), findings.flag("unifyNotation", false)));
    RedactionAction action = action(findings, "action", RedactionAction.REPLACE);
    for (FindingType type : FindingType.values()) {
      Treatment standard = recipe.treatment(type);
      double general = findings.number("threshold", standard.threshold(), 0, 1);
      double threshold = thresholds.number(type.name(), general, 0, 1);
      boolean kept = standard.action() == RedactionAction.KEEP;
      RedactionAction chosen = action(actions, type.name(), kept ? RedactionAction.KEEP : action);
      recipe = recipe.withTreatment(type, chosen, threshold);
    }
    return recipe;
  }

  private RedactionAction action(RecipeBlock block, String where, RedactionAction otherwise) {
    String name = block.text(where);
    if (name == null) {
      return otherwise;
    }
    RedactionAction action =
        switch (name) {
          case "replace" -> RedactionAction.REPLACE;
          case "pseudonym" -> RedactionAction.PSEUDONYM;
          case "mask" -> RedactionAction.MASK;
          case "drop" -> RedactionAction.DROP;
          case "generalise" -> RedactionAction.GENERALISE;
          case "keep" -> RedactionAction.KEEP;
          default -> throw block.wrong(where, "replace, pseudonym, generalise, mask, drop or keep");
        };
    if (action == RedactionAction.PSEUDONYM && !hasKey) {
      throw new IllegalArgumentException(
          block.placeOf(where) + ": pseudonym needs the key MIGAKI_CLEANSE_PSEUDONYM_KEY");
    }
    return action;
  }
}
