package dev.migaki.datasets.sealing;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.augmentation.QuestionRewriter;
import dev.migaki.datasets.augmentation.Wording;
import dev.migaki.datasets.sealing.HeldOutQuestion.Kind;
import dev.migaki.datasets.similarity.SimilarTextGuard;
import dev.migaki.datasets.similarity.TextSet;
import dev.migaki.datasets.spill.SpillSpace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Divides facts into what is trained and what is asked, so that a right answer shows that the model
 * learned a fact and not a sentence.
 *
 * <p>The question of knowledge is not "can it answer about something it never saw" (it cannot, and
 * must say so: the unanswerable set) but "does it know the fact when somebody asks in other words".
 * Hence the unit is the {@link Fact}, and what is held out is a <em>wording</em>:
 *
 * <ul>
 *   <li>A fact that people asked in several wordings gives, for a seeded share, one of them to the
 *       test; another one may go to validation. The others are trained, with their variations.
 *   <li>Every other fact is trained with all of its wordings; for a seeded share one paraphrase is
 *       held out, worded by templates and synonyms that training never uses.
 *   <li>Pairs whose questions are nearly the same are one wording and stay on one side, and so does
 *       everything derived from it.
 *   <li>No held-out question equals or nearly equals (character 5-grams, Jaccard 0.7) any training
 *       question, of this version or of the one before it; checked exactly on the final wording.
 *   <li>What an earlier version held out stays held out where it can.
 * </ul>
 */
final class LeakFreeSplit {
  private final Selection selection;
  private final List<Fact> facts;
  private final List<Candidate> conversations;
  private final Recipe recipe;
  private final SplitHistory history;
  private final SpillSpace space;
  private final SealingProgress progress;
  private final QuestionRewriter rewriter;
  private final TextSet heldBefore = new TextSet();
  private final SimilarTextGuard trained;
  private final SimilarTextGuard held;

  /** Every trained question; one question has one answer. */
  private final TextSet answered = new TextSet();

  private final List<HeldOutQuestion> test = new ArrayList<>();
  private final List<HeldOutQuestion> validation = new ArrayList<>();
  private final List<HeldOutQuestion> edge = new ArrayList<>();
  private final List<Candidate> originals = new ArrayList<>();
  private final TrainingLines train;
  private final @Nullable Fact[] factOf;

  private LeakFreeSplit(
      Selection selection,
      Recipe recipe,
      SplitHistory history,
      SpillSpace space,
      SealingProgress progress) {
    this.selection = selection;
    this.facts = Facts.of(selection);
    this.conversations =
        selection.kept().stream().filter(c -> !c.example().isSingleTurn()).toList();
    this.recipe = recipe;
    this.history = history;
    this.space = space;
    this.progress = progress;
    this.rewriter =
        new QuestionRewriter(
            recipe.seed(), recipe.augmentation().typoShare(), recipe.augmentation().synonyms());
    this.trained = new SimilarTextGuard(Facts.SAME_WORDING, space);
    this.held = new SimilarTextGuard(Facts.SAME_WORDING, space);
    this.train = new TrainingLines(selection, space);
    this.factOf = new Fact[selection.size()];
    for (Fact fact : facts) {
      fact.wordings().forEach(wording -> wording.forEach(c -> factOf[c.rank()] = fact));
    }
    history.held().forEach(heldBefore::add);
  }

  /** Divides what is left of a selection; declines are added at the end. */
  static SplitExamples of(
      Selection selection,
      Recipe recipe,
      SplitHistory history,
      SpillSpace space,
      SealingProgress progress) {
    progress.at(SealingProgress.Step.FACTS, 0, 0);
    LeakFreeSplit split = new LeakFreeSplit(selection, recipe, history, space, progress);
    // what a test from outside asks is as good as held out: no variation may come near it
    recipe.protectedQuestions().forEach(split.held::add);
    split.holdOutHumanWordings();
    split.trainOriginals();
    split.trainVariations();
    split.trainAnswerWords();
    split.rememberTrainedBefore();
    split.holdOutParaphrases();
    split.holdOutEdgeCases();
    List<HeldOutQuestion> unanswerable =
        new Declines(recipe, split.trained, split.held).add(split.train, split.originals);
    return new SplitExamples(
        split.originals,
        split.train,
        List.copyOf(split.validation),
        List.copyOf(split.test),
        List.copyOf(split.edge),
        unanswerable,
        split.factOf,
        split.facts.size());
  }

  private void holdOutHumanWordings() {
    List<Fact> chosen =
        facts.stream().filter(fact -> fact.wordings().size() > 1 && isChosen(fact)).toList();
    FreeWordings free = freeWordings(chosen);
    for (Fact fact : chosen) {
      List<List<Candidate>> eligible = eligible(fact, free);
      if (!eligible.isEmpty()) {
        hold(test, fact, eligible.get(0));
      }
      boolean validates =
          fact.wordings().size() > 2
              && eligible.size() > 1
              && fraction("validation", fact.id()) < 2 * recipe.split().validationShare();
      if (validates) {
        hold(validation, fact, eligible.get(1));
      }
    }
  }

  /** By seed and fact; a fact one of whose wordings was held out before stays chosen. */
  private boolean isChosen(Fact fact) {
    return fact.wordings().stream().anyMatch(this::wasHeld)
        || fraction("human-wording", fact.id()) < recipe.split().humanWordingShare();
  }

  private FreeWordings freeWordings(List<Fact> chosen) {
    FreeWordings free = new FreeWordings(chosen, space);
    if (!chosen.isEmpty()) {
      facts.forEach(fact -> fact.wordings().forEach(wording -> wording.forEach(free::pass)));
      conversations.forEach(free::pass);
      history.trained().forEach(free::pass);
    }
    return free;
  }

  /** Wordings of a fact that no other pair repeats, those held before first, else by seed. */
  private List<List<Candidate>> eligible(Fact fact, FreeWordings free) {
    return fact.wordings().stream()
        .filter(free::isFree)
        .sorted(
            Comparator.comparing((List<Candidate> w) -> !wasHeld(w))
                .thenComparing(w -> fraction("held-wording", w.get(0).example().question()))
                .thenComparing(w -> w.get(0).id()))
        .toList();
  }

  private boolean wasHeld(List<Candidate> wording) {
    return wording.stream().anyMatch(c -> heldBefore.contains(c.example().question()));
  }

  private void hold(List<HeldOutQuestion> side, Fact fact, List<Candidate> wording) {
    side.add(HeldOutQuestion.human(fact, wording.get(0)));
    wording.forEach(c -> held.add(c.example().question()));
  }

  private void trainOriginals() {
    for (Fact fact : facts) {
      for (List<Candidate> wording : fact.wordings()) {
        if (wording.stream().noneMatch(c -> held.knows(c.example().question()))) {
          originals.addAll(wording);
        }
      }
    }
    originals.addAll(conversations);
    originals.sort(Comparator.comparing(Candidate::id));
    for (Candidate original : originals) {
      train.addOriginal(original);
      answered.add(original.example().question());
    }
  }

  private void trainVariations() {
    int count = recipe.augmentation().variationsPerQuestion();
    int done = 0;
    for (Candidate original : originals) {
      progress.at(SealingProgress.Step.VARIATIONS, done++, originals.size());
      Example example = original.example();
      example.userTexts().forEach(trained::add);
      if (example.isSingleTurn()) {
        for (Wording wording :
            rewriter.forTraining(example.question(), example.language(), count)) {
          trainVariation(original, wording, true);
        }
      }
    }
  }

  /** Facts that are trained at all are also asked for by what their answers say. */
  private void trainAnswerWords() {
    int count = recipe.augmentation().answerWordsPerFact();
    BitSet isTrained = new BitSet(selection.size());
    originals.forEach(original -> isTrained.set(original.rank()));
    for (Fact fact : facts) {
      for (Candidate original : firstTrained(fact, isTrained)) {
        boolean same = false;
        for (Wording wording :
            rewriter.byAnswerWords(original.example().answer(), fact.language(), count)) {
          same |= trainVariation(original, wording, same);
        }
      }
    }
  }

  private static List<Candidate> firstTrained(Fact fact, BitSet isTrained) {
    return fact.wordings().stream()
        .flatMap(List::stream)
        .filter(candidate -> isTrained.get(candidate.rank()))
        .limit(1)
        .toList();
  }

  /**
   * Trains a variation unless its question is held out or has an answer already.
   *
   * @param alike whether the question has much in common with the one trained last
   */
  private boolean trainVariation(Candidate original, Wording wording, boolean alike) {
    // another fact may own these words already: one question, one answer
    if (held.knows(wording.question()) || !answered.add(wording.question())) {
      return false;
    }
    train.addVariation(original, wording);
    if (alike) {
      trained.addToGroup(wording.question());
    } else {
      trained.add(wording.question());
    }
    return true;
  }

  /** What is trained again is known already. */
  private void rememberTrainedBefore() {
    history
        .trained()
        .forEach(
            question -> {
              if (!answered.contains(question)) {
                trained.add(question);
              }
            });
  }

  private void holdOutParaphrases() {
    double paraphrases = recipe.split().paraphraseShare();
    double validations = paraphrases + recipe.split().validationShare();
    Set<String> asked = groupsAsked();
    int done = 0;
    for (Fact fact : facts) {
      progress.at(SealingProgress.Step.HELD_OUT, done++, facts.size());
      if (asked.contains(fact.id())) {
        continue;
      }
      double choice = fraction("paraphrase", fact.first().example().question());
      if (choice < paraphrases) {
        paraphrase(fact, Kind.PARAPHRASE, null).ifPresent(test::add);
      } else if (choice < validations) {
        paraphrase(fact, Kind.PARAPHRASE, null).ifPresent(validation::add);
      }
    }
  }

  private void holdOutEdgeCases() {
    Set<String> asked = groupsAsked();
    List<Fact> free = facts.stream().filter(fact -> !asked.contains(fact.id())).toList();
    int each = (int) Math.ceil(facts.size() * recipe.split().edgeShare() / EdgeCases.KINDS);
    for (Map.Entry<Fact, String> found : EdgeCases.of(free, each).entrySet()) {
      paraphrase(found.getKey(), Kind.EDGE, found.getValue()).ifPresent(edge::add);
    }
  }

  private Set<String> groupsAsked() {
    Set<String> asked = new HashSet<>();
    test.forEach(question -> asked.add(question.group()));
    validation.forEach(question -> asked.add(question.group()));
    return asked;
  }

  /** A reserved wording of the fact that is far enough from everything trained or held. */
  private Optional<HeldOutQuestion> paraphrase(Fact fact, Kind kind, @Nullable String edgeKind) {
    for (List<Candidate> human : fact.wordings()) {
      Candidate original = human.get(0);
      for (Wording wording : rewriter.heldOut(original.example().question(), fact.language())) {
        String question = wording.question();
        if (!answered.contains(question) && !held.knows(question) && !trained.knows(question)) {
          held.add(question);
          return Optional.of(HeldOutQuestion.of(kind, fact, original, wording, edgeKind));
        }
      }
    }
    return Optional.empty();
  }

  private double fraction(String purpose, String key) {
    return ContentHash.fraction(recipe.seed(), purpose, key);
  }
}
