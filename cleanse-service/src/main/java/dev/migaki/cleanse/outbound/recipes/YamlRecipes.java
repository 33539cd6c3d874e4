package dev.migaki.cleanse.outbound.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.migaki.cleanse.config.CleanseConfig;
import dev.migaki.cleanse.domain.DatasetRecipe;
import dev.migaki.cleanse.domain.Recipes;
import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.quality.QualityLimits;
import dev.migaki.datasets.sealing.SealPolicy;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.TransientFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the blocks of a recipe file that cleansing knows: languages, seed, seal, findings, quality,
 * augmentation, declines, split. A faulty recipe holds its documents back (they are retried) until
 * the file is right; it never buries them.
 */
@ApplicationScoped
public class YamlRecipes implements Recipes {
  private static final ErrorCode RECIPE_INVALID = new ErrorCode("RECIPE_INVALID");

  private final YAMLMapper mapper = new YAMLMapper();
  private final Path directory;
  private final FindingsBlock findings;

  YamlRecipes(CleanseConfig config) {
    this.directory = config.recipesDirectory();
    PseudonymKey key =
        PseudonymKey.of(
            config
                .pseudonymKey()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElseGet(YamlRecipes::randomKey));
    this.findings = new FindingsBlock(key, config.pseudonymKey().isPresent());
  }

  @Override
  public DatasetRecipe of(String dataset) {
    Path own = directory.resolve(dataset + ".yaml");
    boolean inside = own.normalize().startsWith(directory.normalize());
    Path file = inside && Files.exists(own) ? own : directory.resolve("default.yaml");
    try {
      byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      JsonNode root = bytes.length == 0 ? MissingNode.getInstance() : mapper.readTree(bytes);
      return new DatasetRecipe(examples(root), findings.read(root), ContentHash.ofBytes(bytes));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new TransientFailure(
          RECIPE_INVALID, "recipe " + file.getFileName() + ": " + e.getMessage(), e);
    }
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
        seal.path("minimumExamples").asInt(defaults.minimumExamples()));
  }

  private static Recipe.Augmentation augmentation(JsonNode block, Recipe.Augmentation defaults) {
    return new Recipe.Augmentation(
        block.path("variationsPerQuestion").asInt(defaults.variationsPerQuestion()),
        block.path("typoShare").asDouble(defaults.typoShare()));
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
        quality.path("maxPlaceholderShare").asDouble(defaults.maxPlaceholderShare()));
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

  private static byte[] randomKey() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
