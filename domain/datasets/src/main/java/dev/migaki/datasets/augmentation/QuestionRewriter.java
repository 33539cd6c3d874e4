package dev.migaki.datasets.augmentation;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.TextLanguage;
import dev.migaki.datasets.similarity.TextFold;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Asks one question in other words, without a language model: forms of politeness, keywords,
 * indirect questions, synonyms, spellings, now and then a typo. The answer is never touched.
 *
 * <p>Deterministic by seed and question. {@link Family#TRAINING} and {@link Family#RESERVED} share
 * no template and no synonym.
 */
public final class QuestionRewriter {
  private static final double MOST_TYPOS = 0.15;
  private static final int FEWEST_WORDS = 2;
  private static final int MOST_WORDS = 5;
  private static final int COURTESIES = 6;
  private static final List<String> ENGLISH_FRAMES =
      List.of("{}", "{}", "Tell me about {}.", "I have a question about {}.");
  private static final List<String> JAPANESE_FRAMES =
      List.of("{}", "{}", "{}について教えてください。", "{}について知りたいです。");

  private final long seed;
  private final double typoShare;
  private final Map<String, WordTable> tenantSynonyms = new HashMap<>();
  private final Language japanese = new Language(new JapaneseForms(), "ja");
  private final Language english = new Language(new EnglishForms(), "en");

  /** A rewriter without a tenant's synonyms. */
  public QuestionRewriter(long seed, double typoShare) {
    this(seed, typoShare, Synonyms.none());
  }

  /**
   * @param typoShare share of training wordings that get a typo, 0 to 0.15
   * @param synonyms of the tenant, for training only
   */
  public QuestionRewriter(long seed, double typoShare, Synonyms synonyms) {
    if (!(typoShare >= 0 && typoShare <= MOST_TYPOS)) {
      throw new IllegalArgumentException("typoShare must be from 0 to 0.15: " + typoShare);
    }
    this.seed = seed;
    this.typoShare = typoShare;
    synonyms
        .groups()
        .forEach((language, groups) -> tenantSynonyms.put(language, WordTable.ofGroups(groups)));
  }

  /** The tables of a language. */
  private static final class Language {
    private final QuestionForms forms;
    private final Courtesies courtesies;
    private final WordTable trainingSynonyms;
    private final WordTable reservedSynonyms;
    private final WordTable notations;

    private Language(QuestionForms forms, String tag) {
      this.forms = forms;
      courtesies = new Courtesies(tag);
      String synonyms = "synonyms-" + tag + ".txt";
      trainingSynonyms = WordTable.synonyms(synonyms, Family.TRAINING);
      reservedSynonyms = WordTable.synonyms(synonyms, Family.RESERVED);
      notations = WordTable.notations("notation-" + tag + ".txt");
    }
  }

  /**
   * Wordings for training, at most {@code count}, in seeded order. Where a tenant's synonyms fit,
   * one of them comes first: who names words wants them trained, and few wordings are chosen.
   */
  public List<Wording> forTraining(String question, String language, int count) {
    Language tables = tables(language);
    List<Wording> candidates = new ArrayList<>(tables.forms.of(question, Family.TRAINING));
    candidates.addAll(tables.courtesies.around(question, seed, COURTESIES));
    candidates.addAll(exchanged(question, tables, tables.trainingSynonyms, language + "-synonym"));
    for (String spelled : tables.notations.apply(question)) {
      candidates.add(new Wording(spelled, language + "-notation"));
    }
    Predicate<Wording> inBand = wording -> WordingBand.holds(question, wording);
    List<Wording> chosen = new ArrayList<>();
    List<Wording> tenants = byTenantSynonyms(question, language);
    if (!tenants.isEmpty()) {
      chosen.addAll(choose(question, tenants, "training", inBand, Math.min(count, 1)));
      candidates.addAll(tenants);
    }
    Set<String> first = new HashSet<>();
    chosen.forEach(wording -> first.add(TextFold.fold(wording.question())));
    Predicate<Wording> other =
        wording -> inBand.test(wording) && !first.contains(TextFold.fold(wording.question()));
    chosen.addAll(choose(question, candidates, "training", other, count - chosen.size()));
    return chosen.stream().map(wording -> slipped(tables, wording)).toList();
  }

  /** None that a held-out question could be. */
  private List<Wording> byTenantSynonyms(String question, String language) {
    WordTable synonyms = tenantSynonyms.get(language);
    if (synonyms == null) {
      return List.of();
    }
    List<Wording> wordings =
        exchanged(question, tables(language), synonyms, language + "-tenant-synonym");
    if (!wordings.isEmpty()) {
      Set<String> reserved = new HashSet<>();
      heldOut(question, language).forEach(w -> reserved.add(TextFold.fold(w.question())));
      wordings.removeIf(wording -> reserved.contains(TextFold.fold(wording.question())));
    }
    return wordings;
  }

  /** The question with one word exchanged, as it is and in the forms of training. */
  private static List<Wording> exchanged(
      String question, Language tables, WordTable words, String template) {
    List<Wording> wordings = new ArrayList<>();
    String suffix = template.substring(template.indexOf('-') + 1);
    for (String exchanged : words.apply(question)) {
      wordings.add(new Wording(exchanged, template));
      tables.forms.of(exchanged, Family.TRAINING).stream()
          .map(wording -> new Wording(wording.question(), wording.template() + "+" + suffix))
          .forEach(wordings::add);
    }
    return wordings;
  }

  /**
   * Questions made of a few words of the answer, at most {@code count}: people also ask by what
   * they expect to read, and these words are often in none of the document's questions. None where
   * the answer has fewer than two such words.
   */
  public List<Wording> byAnswerWords(String answer, String language, int count) {
    List<String> words = AnswerWords.of(answer, language);
    List<Wording> wordings = new ArrayList<>();
    if (words.size() < 2) {
      return wordings;
    }
    boolean japanese = language.equals(TextLanguage.JAPANESE);
    for (int i = 0; i < count; i++) {
      long choice =
          ContentHash.of("answer-words").add(Long.toString(seed)).add(i + "\n" + answer).number();
      Random random = new Random(choice);
      List<String> chosen = new ArrayList<>(words);
      if (random.nextBoolean()) {
        Collections.shuffle(chosen, random);
      }
      int wanted = FEWEST_WORDS + random.nextInt(MOST_WORDS - FEWEST_WORDS + 1);
      while (chosen.size() > wanted) {
        chosen.remove(random.nextInt(chosen.size()));
      }
      List<String> frames = japanese ? JAPANESE_FRAMES : ENGLISH_FRAMES;
      String frame = frames.get(random.nextInt(frames.size()));
      wordings.add(
          new Wording(frame.replace("{}", String.join(" ", chosen)), language + "-answer-words"));
    }
    return wordings;
  }

  /** Wordings that only a test or validation set may hold, in seeded order. */
  public List<Wording> heldOut(String question, String language) {
    Language tables = tables(language);
    List<Wording> candidates = new ArrayList<>();
    for (String exchanged : tables.reservedSynonyms.apply(question)) {
      candidates.add(new Wording(exchanged, language + "-held-synonym"));
      tables.forms.of(exchanged, Family.RESERVED).stream()
          .map(wording -> new Wording(wording.question(), wording.template() + "+synonym"))
          .forEach(candidates::add);
    }
    candidates.addAll(tables.forms.of(question, Family.RESERVED));
    return choose(question, candidates, "held-out", wording -> true, Integer.MAX_VALUE);
  }

  private List<Wording> choose(
      String question,
      List<Wording> candidates,
      String purpose,
      Predicate<Wording> wanted,
      int count) {
    List<Ranked> ordered = new ArrayList<>();
    for (Wording wording : candidates) {
      String key = question + "\n" + wording.question();
      ordered.add(new Ranked(ContentHash.fraction(seed, purpose, key), wording));
    }
    ordered.sort(
        Comparator.comparingDouble(Ranked::rank).thenComparing(r -> r.wording().question()));
    WordingGuard guard = new WordingGuard(question);
    Set<String> folded = new HashSet<>();
    List<Wording> chosen = new ArrayList<>();
    for (Ranked ranked : ordered) {
      if (chosen.size() == count) {
        break;
      }
      Wording wording = ranked.wording();
      if (guard.keepsMeaning(wording.question())
          && wanted.test(wording)
          && folded.add(TextFold.fold(wording.question()))) {
        chosen.add(wording);
      }
    }
    return chosen;
  }

  /** A wording and its place in the seeded order. */
  private record Ranked(double rank, Wording wording) {}

  private Wording slipped(Language tables, Wording wording) {
    if (ContentHash.fraction(seed, "typo", wording.question()) >= typoShare) {
      return wording;
    }
    long choice = ContentHash.of("slip").add(Long.toString(seed)).add(wording.question()).number();
    String question = tables.forms.withTypo(wording.question(), choice);
    return question.equals(wording.question())
            || !new WordingGuard(wording.question()).keepsMeaning(question)
        ? wording
        : new Wording(question, wording.template() + "+typo");
  }

  private Language tables(String language) {
    return language.equals(TextLanguage.JAPANESE) ? japanese : english;
  }
}
