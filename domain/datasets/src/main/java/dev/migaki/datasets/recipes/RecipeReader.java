package dev.migaki.datasets.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.quality.QualityLimits;
import dev.migaki.datasets.sealing.SealPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the blocks of a recipe that cleansing knows: languages, seed, seal, findings, quality,
 * augmentation, declines, split, teacher. Services and dry runs read a recipe through this one
 * class, so a preview shows what the pipeline will do.
 */
public final class RecipeReader {
  private final FindingsBlock findings;

  /**
   * @param key of pseudonyms and audit marks
   * @param isTenantsKey whether the key stays the same between runs, so that pseudonyms do
   */
  public RecipeReader(PseudonymKey key, boolean isTenantsKey) {
    this.findings = new FindingsBlock(key, isTenantsKey);
  }

  /**
   * The recipe of a parsed file; absent blocks and keys have their defaults.
   *
   * @param root the file's tree, a missing node for an empty file
   * @param hash SHA-256 of the file's bytes, in hexadecimal digits
   * @throws IllegalArgumentException when a value is out of its range; the message names the key
   * @throws java.time.DateTimeException when a duration is not ISO-8601
   */
  public DatasetRecipe read(JsonNode root, String hash) {
    CleansingRecipe cleansing = findings.read(root);
    return new DatasetRecipe(
        examples(root),
        cleansing,
        RemoteBlock.read(root.path("findings").path("remote"), cleansing),
        TeacherBlock.read(root.path("teacher")),
        hash);
  }

  private static Recipe examples(JsonNode root) {
    Recipe defaults = Recipe.defaults();
    JsonNode seal = root.path("seal");
    return new Recipe(
        root.path("seed").asLong(defaults.seed()),
        quality(root),
        augmentation(root.path("augmentation"), defaults.augmentation()),
        declines(root.path("declines"), defaults.declines()),
        split(root.path("split"), defaults.split()),
        policy(seal),
        seal.path("minimumExamples").asInt(defaults.minimumExamples()),
        root.path("privacyProbe").path("values").asInt(defaults.probeValues()),
        texts(root.path("decontamination").path("questions")));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static Recipe.Augmentation augmentation(JsonNode block, Recipe.Augmentation defaults) {
    return new Recipe.Augmentation(
        block.path("variationsPerQuestion").asInt(defaults.variationsPerQuestion()),
        block.path("answerWordsPerFact").asInt(defaults.answerWordsPerFact()),
        block.path("typoShare").asDouble(defaults.typoShare()),
        SynonymsBlock.read(block.path("synonyms")));
  }

  private static Recipe.Declines declines(JsonNode block, Recipe.Declines defaults) {
    return new Recipe.Declines(
        block.path("share").asDouble(defaults.share()),
        block.path("testPerLanguage").asInt(defaults.testPerLanguage()));
  }

  private static Recipe.Split split(JsonNode block, Recipe.Split defaults) {
    return new Recipe.Split(
        block.path("humanWordingShare").asDouble(defaults.humanWordingShare()),
        block.path("paraphraseShare").asDouble(defaults.paraphraseShare()),
        block.path("validationShare").asDouble(defaults.validationShare()),
        block.path("edgeShare").asDouble(defaults.edgeShare()));
  }

  private static QualityLimits quality(JsonNode root) {
    QualityLimits defaults = QualityLimits.defaults();
    JsonNode quality = root.path("quality");
    return new QualityLimits(
        languages(root),
        quality.path("minQuestionCharacters").asInt(defaults.minQuestionCharacters()),
        quality.path("maxQuestionCharacters").asInt(defaults.maxQuestionCharacters()),
        quality.path("minAnswerCharacters").asInt(defaults.minAnswerCharacters()),
        quality.path("maxAnswerCharacters").asInt(defaults.maxAnswerCharacters()),
        quality.path("maxPassageCharacters").asInt(defaults.maxPassageCharacters()),
        quality.path("maxPlaceholderShare").asDouble(defaults.maxPlaceholderShare()),
        quality.path("maxRepetition").asDouble(defaults.maxRepetition()),
        quality.path("maxSentenceCharacters").asInt(defaults.maxSentenceCharacters()));
  }

  static List<String> languages(JsonNode root) {
    List<String> languages = new ArrayList<>();
    root.path("languages").forEach(language -> languages.add(language.asText()));
    return languages.isEmpty() ? CleansingRecipe.standard().languages() : languages;
  }

  private static SealPolicy policy(JsonNode seal) {
    Duration quiet = Duration.parse(seal.path("quietPeriod").asText("PT5S"));
    SealPolicy.Count count = new SealPolicy.Count(seal.path("count").asInt(500));
    SealPolicy.Age age = new SealPolicy.Age(Duration.parse(seal.path("age").asText("PT1H")));
    return switch (seal.path("policy").asText("quiet-period")) {
      case "quiet-period" -> new SealPolicy.QuietPeriod(quiet);
      case "count" -> count;
      case "age" -> age;
      case "count-or-age" -> new SealPolicy.CountOrAge(count, age);
      case "manual" -> new SealPolicy.Manual();
      default ->
          throw new IllegalArgumentException(
              "seal.policy must be quiet-period, count, age, count-or-age or manual");
    };
  }
}
