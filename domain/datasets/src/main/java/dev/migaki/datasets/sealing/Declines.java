package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Message;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.augmentation.DeclineQuestions;
import dev.migaki.datasets.augmentation.QuestionRewriter;
import dev.migaki.datasets.augmentation.Wording;
import dev.migaki.datasets.similarity.SimilarTextGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Unanswerable questions for training and, others, for the test. */
final class Declines {
  private final Recipe recipe;
  private final SimilarTextGuard trained;
  private final SimilarTextGuard held;

  /**
   * @param trained every training question; the new ones are added
   * @param held every held-out question; the new ones are added
   */
  Declines(Recipe recipe, SimilarTextGuard trained, SimilarTextGuard held) {
    this.recipe = recipe;
    this.trained = trained;
    this.held = held;
  }

  /**
   * Adds declines to what is trained, in each of its languages by the recipe's share.
   *
   * @return questions for the test, whose reference is the honest reply
   */
  List<HeldOutQuestion> add(TrainingLines train, List<Candidate> originals) {
    Set<String> mentioned =
        DeclineQuestions.mentionedIn(
            () ->
                originals.stream()
                    .flatMap(original -> original.example().messages().stream())
                    .map(Message::content)
                    .iterator());
    DeclineQuestions questions = new DeclineQuestions(recipe.seed());
    List<HeldOutQuestion> test = new ArrayList<>();
    for (Map.Entry<String, Integer> language : new TreeMap<>(train.languages()).entrySet()) {
      String tag = language.getKey();
      if (!tag.equals("ja") && !tag.equals("en")) {
        continue;
      }
      double share = recipe.declines().share();
      int wanted = (int) Math.round(language.getValue() * share / (1 - share));
      List<Example> chosen = chooseForTraining(questions.of(tag, true, mentioned), wanted);
      chosen.forEach(example -> trained.add(example.question()));
      chosen.forEach(train::addDecline);
      test.addAll(chooseForTest(questions.of(tag, false, mentioned)));
    }
    return List.copyOf(test);
  }

  /** The plain questions first, then other wordings of them, as many as wanted or to be had. */
  private List<Example> chooseForTraining(List<Example> questions, int wanted) {
    QuestionRewriter rewriter =
        new QuestionRewriter(
            recipe.seed(), recipe.augmentation().typoShare(), recipe.augmentation().synonyms());
    List<Example> chosen = new ArrayList<>();
    for (Example question : questions) {
      if (chosen.size() < wanted && !held.knows(question.question())) {
        chosen.add(question);
      }
    }
    int most = recipe.augmentation().variationsPerQuestion();
    List<List<Wording>> others = new ArrayList<>();
    for (Example question : questions) {
      others.add(rewriter.forTraining(question.question(), question.language(), most));
    }
    for (int round = 0; round < most && chosen.size() < wanted; round++) {
      for (int i = 0; i < questions.size(); i++) {
        Example question = questions.get(i);
        List<Wording> wordings = others.get(i);
        if (chosen.size() < wanted
            && round < wordings.size()
            && !held.knows(wordings.get(round).question())) {
          chosen.add(
              Example.decline(
                  question.language(),
                  wordings.get(round).question(),
                  question.answer(),
                  wordings.get(round).template()));
        }
      }
    }
    return chosen;
  }

  private List<HeldOutQuestion> chooseForTest(List<Example> questions) {
    List<HeldOutQuestion> chosen = new ArrayList<>();
    for (Example question : questions) {
      if (chosen.size() < recipe.declines().testPerLanguage()
          && !trained.knows(question.question())
          && !held.knows(question.question())) {
        held.add(question.question());
        chosen.add(HeldOutQuestion.unanswerable(question));
      }
    }
    return chosen;
  }
}
