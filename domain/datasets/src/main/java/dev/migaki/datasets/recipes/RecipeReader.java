package dev.migaki.datasets.recipes;

import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.augmentation.Synonyms;
import dev.migaki.datasets.quality.QualityLimits;
import dev.migaki.datasets.sealing.SealPolicy;
import dev.migaki.recipes.RecipeBlock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the blocks of a recipe that cleansing knows: languages, seed, seal, findings, quality,
 * augmentation, declines, split, teacher. Services and dry runs read a recipe through this one
 * class, so a preview shows what the pipeline will do.
 */
public final class RecipeReader {
  private static final int ANY = Integer.MAX_VALUE;
  private static final Duration DECADE = Duration.ofDays(3650);

  private final FindingsBlock findings;

  /**
   * @param key of pseudonyms and audit marks
   * @param isTenantsKey whether the key stays the same between runs, so that pseudonyms do
   */
  public RecipeReader(PseudonymKey key, boolean isTenantsKey) {
    this.findings = new FindingsBlock(key, isTenantsKey);
  }

  /**
   * The recipe of a file; absent blocks and keys have their defaults.
   *
   * @param hash SHA-256 of the file's bytes, in hexadecimal digits
   * @throws IllegalArgumentException naming the key that is unknown or whose value is wrong
   */
  public DatasetRecipe read(RecipeBlock root, String hash) {
    CleansingRecipe cleansing = findings.read(root);
    return new DatasetRecipe(
        examples(root),
        cleansing,
        RemoteBlock.read(FindingsBlock.in(root), cleansing),
        TeacherBlock.read(root),
        hash);
  }

  private static Recipe examples(RecipeBlock root) {
    Recipe defaults = Recipe.defaults();
    RecipeBlock seal =
        root.block("seal", List.of("policy", "quietPeriod", "count", "age", "minimumExamples"));
    return new Recipe(
        root.whole("seed", defaults.seed(), Long.MIN_VALUE, Long.MAX_VALUE),
        quality(root),
        augmentation(root, defaults.augmentation()),
        declines(root, defaults.declines()),
        split(root, defaults.split()),
        policy(seal),
        seal.whole("minimumExamples", defaults.minimumExamples(), 0, ANY),
        root.block("privacyProbe", List.of("values"))
            .whole("values", defaults.probeValues(), 0, ANY),
        root.block("decontamination", List.of("questions")).texts("questions"));
  }

  private static Recipe.Augmentation augmentation(RecipeBlock root, Recipe.Augmentation defaults) {
    RecipeBlock block =
        root.block(
            "augmentation",
            List.of("variationsPerQuestion", "answerWordsPerFact", "typoShare", "synonyms"));
    return new Recipe.Augmentation(
        block.whole("variationsPerQuestion", defaults.variationsPerQuestion(), 0, ANY),
        block.whole("answerWordsPerFact", defaults.answerWordsPerFact(), 0, ANY),
        block.number("typoShare", defaults.typoShare(), 0, 0.15),
        synonyms(block, languages(root)));
  }

  private static Synonyms synonyms(RecipeBlock augmentation, List<String> languages) {
    RecipeBlock block = augmentation.block("synonyms", languages);
    Map<String, List<List<String>>> groups = new TreeMap<>();
    for (String language : languages) {
      if (block.has(language)) {
        groups.put(language, block.textLists(language));
      }
    }
    return new Synonyms(groups);
  }

  private static Recipe.Declines declines(RecipeBlock root, Recipe.Declines defaults) {
    RecipeBlock block = root.block("declines", List.of("share", "testPerLanguage"));
    return new Recipe.Declines(
        block.number("share", defaults.share(), 0, 0.5),
        block.whole("testPerLanguage", defaults.testPerLanguage(), 0, ANY));
  }

  private static Recipe.Split split(RecipeBlock root, Recipe.Split defaults) {
    RecipeBlock block =
        root.block(
            "split",
            List.of("humanWordingShare", "paraphraseShare", "validationShare", "edgeShare"));
    return new Recipe.Split(
        block.number("humanWordingShare", defaults.humanWordingShare(), 0, 1),
        block.number("paraphraseShare", defaults.paraphraseShare(), 0, 1),
        block.number("validationShare", defaults.validationShare(), 0, 1),
        block.number("edgeShare", defaults.edgeShare(), 0, 1));
  }

  private static QualityLimits quality(RecipeBlock root) {
    QualityLimits defaults = QualityLimits.defaults();
    RecipeBlock quality =
        root.block(
            "quality",
            List.of(
                "minQuestionCharacters",
                "maxQuestionCharacters",
                "minAnswerCharacters",
                "maxAnswerCharacters",
                "maxPassageCharacters",
                "maxPlaceholderShare",
                "maxRepetition",
                "maxSentenceCharacters"));
    return new QualityLimits(
        languages(root),
        quality.whole("minQuestionCharacters", defaults.minQuestionCharacters(), 0, ANY),
        quality.whole("maxQuestionCharacters", defaults.maxQuestionCharacters(), 1, ANY),
        quality.whole("minAnswerCharacters", defaults.minAnswerCharacters(), 0, ANY),
        quality.whole("maxAnswerCharacters", defaults.maxAnswerCharacters(), 1, ANY),
        quality.whole("maxPassageCharacters", defaults.maxPassageCharacters(), 1, ANY),
        quality.number("maxPlaceholderShare", defaults.maxPlaceholderShare(), 0, 1),
        quality.number("maxRepetition", defaults.maxRepetition(), 0, 1),
        quality.whole("maxSentenceCharacters", defaults.maxSentenceCharacters(), 1, ANY));
  }

  static List<String> languages(RecipeBlock root) {
    List<String> languages = root.texts("languages");
    return languages.isEmpty() ? CleansingRecipe.standard().languages() : languages;
  }

  private static SealPolicy policy(RecipeBlock seal) {
    Duration quiet = seal.duration("quietPeriod", Duration.ofSeconds(5), Duration.ZERO, DECADE);
    SealPolicy.Count count = new SealPolicy.Count(seal.whole("count", 500, 1, ANY));
    SealPolicy.Age age =
        new SealPolicy.Age(seal.duration("age", Duration.ofHours(1), Duration.ZERO, DECADE));
    return switch (seal.text("policy", "quiet-period")) {
      case "quiet-period" -> new SealPolicy.QuietPeriod(quiet);
      case "count" -> count;
      case "age" -> age;
      case "count-or-age" -> new SealPolicy.CountOrAge(count, age);
      case "manual" -> new SealPolicy.Manual();
      default -> throw seal.wrong("policy", "quiet-period, count, age, count-or-age or manual");
    };
  }
}
