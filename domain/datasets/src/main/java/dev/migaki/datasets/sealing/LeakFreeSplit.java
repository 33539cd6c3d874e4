package dev.migaki.datasets.sealing;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.augmentation.QuestionRewriter;
import dev.migaki.datasets.augmentation.Wording;
import dev.migaki.datasets.sealing.HeldOutQuestion.Kind;
import dev.migaki.datasets.similarity.SimilarTextGuard;
import dev.migaki.datasets.similarity.TextFold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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
  private final Recipe recipe;
  private final SplitHistory history;
  private final QuestionRewriter rewriter;
  private final Set<String> heldBefore = new HashSet<>();
  private final SimilarTextGuard trainedBefore = new SimilarTextGuard(Facts.SAME_WORDING);
  private final SimilarTextGuard trained = new SimilarTextGuard(Facts.SAME_WORDING);
  private final SimilarTextGuard held = new SimilarTextGuard(Facts.SAME_WORDING);
  private final Map<String, String> answerByQuestion = new HashMap<>();
  private final List<HeldOutQuestion> test = new ArrayList<>();
  private final List<HeldOutQuestion> validation = new ArrayList<>();
  private final List<HeldOutQuestion> edge = new ArrayList<>();
  private final Map<String, Example> train = new TreeMap<>();
  private final Map<String, String> groups = new TreeMap<>();

  private LeakFreeSplit(Recipe recipe, SplitHistory history) {
    this.recipe = recipe;
    this.history = history;
    this.rewriter = new QuestionRewriter(recipe.seed(), recipe.augmentation().typoShare());
    history.held().forEach(question -> heldBefore.add(TextFold.fold(question)));
    history.trained().forEach(trainedBefore::add);
  }

  /** Divides facts and conversations; declines are added afterwards. */
  static SplitExamples of(
      List<Fact> facts, List<Example> conversations, Recipe recipe, SplitHistory history) {
    LeakFreeSplit split = new LeakFreeSplit(recipe, history);
    // what a test from outside asks is as good as held out: no variation may come near it
    recipe.protectedQuestions().forEach(split.held::add);
    split.holdOutHumanWordings(facts, questionsBy(facts, conversations));
    split.trainOriginals(facts, conversations);
    split.trainVariations();
    split.trainAnswerWords(facts);
    split.history.trained().forEach(split.trained::add);
    split.holdOutParaphrases(facts);
    split.holdOutEdgeCases(facts);
    DeclineSplit declines =
        DeclineSplit.of(List.copyOf(split.train.values()), recipe, split.trained, split.held);
    declines.train().forEach(example -> split.train.put(example.id(), example));
    return new SplitExamples(
        List.copyOf(split.train.values()),
        List.copyOf(split.validation),
        List.copyOf(split.test),
        List.copyOf(split.edge),
        declines.test(),
        split.groups,
        facts.size());
  }

  /** All human questions, each under the wording that it belongs to. */
  private static SimilarTextGuard questionsBy(List<Fact> facts, List<Example> conversations) {
    SimilarTextGuard asked = new SimilarTextGuard(Facts.SAME_WORDING);
    for (Fact fact : facts) {
      for (List<Example> wording : fact.wordings()) {
        wording.forEach(e -> asked.add(e.question(), wording.get(0).id()));
      }
    }
    for (Example conversation : conversations) {
      conversation.userTexts().forEach(text -> asked.add(text, conversation.id()));
    }
    return asked;
  }

  private void holdOutHumanWordings(List<Fact> facts, SimilarTextGuard asked) {
    for (Fact fact : facts) {
      fact.wordings().forEach(w -> w.forEach(e -> groups.put(e.id(), fact.id())));
      if (fact.wordings().size() < 2 || !isChosen(fact)) {
        continue;
      }
      List<List<Example>> eligible = eligible(fact, asked);
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

  /** Wordings of a fact that no other pair repeats, those held before first, else by seed. */
  private List<List<Example>> eligible(Fact fact, SimilarTextGuard asked) {
    return fact.wordings().stream()
        .filter(wording -> wording.stream().noneMatch(e -> trainedBefore.knows(e.question())))
        .filter(wording -> isAskedNowhereElse(wording, asked))
        .sorted(
            Comparator.comparing((List<Example> w) -> !wasHeld(w))
                .thenComparing(w -> fraction("held-wording", w.get(0).question()))
                .thenComparing(w -> w.get(0).id()))
        .toList();
  }

  private boolean wasHeld(List<Example> wording) {
    return wording.stream().anyMatch(e -> heldBefore.contains(TextFold.fold(e.question())));
  }

  private static boolean isAskedNowhereElse(List<Example> wording, SimilarTextGuard asked) {
    Set<String> own = Set.of(wording.get(0).id());
    return wording.stream().allMatch(e -> own.containsAll(asked.labelsOf(e.question())));
  }

  private void hold(List<HeldOutQuestion> side, Fact fact, List<Example> wording) {
    Example example = wording.get(0);
    side.add(
        new HeldOutQuestion(
            Kind.HUMAN_WORDING, example.question(), null, fact.id(), example, null));
    wording.forEach(e -> held.add(e.question()));
  }

  private void trainOriginals(List<Fact> facts, List<Example> conversations) {
    for (Fact fact : facts) {
      for (List<Example> wording : fact.wordings()) {
        if (wording.stream().noneMatch(e -> held.knows(e.question()))) {
          wording.forEach(this::train);
        }
      }
    }
    conversations.forEach(this::train);
  }

  private void train(Example example) {
    train.put(example.id(), example);
    example.userTexts().forEach(trained::add);
    answerByQuestion.putIfAbsent(TextFold.fold(example.question()), example.answer());
  }

  private void trainVariations() {
    int count = recipe.augmentation().variationsPerQuestion();
    for (Example original : List.copyOf(train.values())) {
      if (!original.isSingleTurn()) {
        continue;
      }
      for (Wording wording :
          rewriter.forTraining(original.question(), original.language(), count)) {
        trainVariation(original, wording);
      }
    }
  }

  /** Facts that are trained at all are also asked for by what their answers say. */
  private void trainAnswerWords(List<Fact> facts) {
    int count = recipe.augmentation().answerWordsPerFact();
    for (Fact fact : facts) {
      fact.wordings().stream()
          .flatMap(List::stream)
          .filter(example -> example.isSingleTurn() && train.containsKey(example.id()))
          .findFirst()
          .ifPresent(
              original ->
                  rewriter
                      .byAnswerWords(original.answer(), fact.language(), count)
                      .forEach(wording -> trainVariation(original, wording)));
    }
  }

  private void trainVariation(Example original, Wording wording) {
    String folded = TextFold.fold(wording.question());
    // another fact may own these words already: one question, one answer
    if (!held.knows(wording.question()) && !answerByQuestion.containsKey(folded)) {
      Example variation = original.variation(wording.question(), wording.template());
      groups.put(variation.id(), groups.getOrDefault(original.id(), ""));
      train(variation);
    }
  }

  private void holdOutParaphrases(List<Fact> facts) {
    double paraphrases = recipe.split().paraphraseShare();
    double validations = paraphrases + recipe.split().validationShare();
    Set<String> asked = new HashSet<>();
    test.forEach(question -> asked.add(question.group()));
    validation.forEach(question -> asked.add(question.group()));
    for (Fact fact : facts) {
      if (asked.contains(fact.id())) {
        continue;
      }
      double choice = fraction("paraphrase", fact.first().question());
      if (choice < paraphrases) {
        paraphrase(fact, Kind.PARAPHRASE, null).ifPresent(test::add);
      } else if (choice < validations) {
        paraphrase(fact, Kind.PARAPHRASE, null).ifPresent(validation::add);
      }
    }
  }

  private void holdOutEdgeCases(List<Fact> facts) {
    Set<String> asked = new HashSet<>();
    test.forEach(question -> asked.add(question.group()));
    validation.forEach(question -> asked.add(question.group()));
    List<Fact> free = facts.stream().filter(fact -> !asked.contains(fact.id())).toList();
    int each = (int) Math.ceil(facts.size() * recipe.split().edgeShare() / EdgeCases.KINDS);
    for (Map.Entry<Fact, String> found : EdgeCases.of(free, each).entrySet()) {
      paraphrase(found.getKey(), Kind.EDGE, found.getValue()).ifPresent(edge::add);
    }
  }

  /** A reserved wording of the fact that is far enough from everything trained or held. */
  private Optional<HeldOutQuestion> paraphrase(
      Fact fact, Kind kind, @org.jspecify.annotations.Nullable String edgeKind) {
    for (List<Example> human : fact.wordings()) {
      Example original = human.get(0);
      for (Wording wording : rewriter.heldOut(original.question(), fact.language())) {
        String question = wording.question();
        if (!trained.knows(question)
            && !held.knows(question)
            && !answerByQuestion.containsKey(TextFold.fold(question))) {
          held.add(question);
          return Optional.of(
              new HeldOutQuestion(
                  kind, question, wording.template(), fact.id(), original, edgeKind));
        }
      }
    }
    return Optional.empty();
  }

  private double fraction(String purpose, String key) {
    return ContentHash.fraction(recipe.seed(), purpose, key);
  }
}
