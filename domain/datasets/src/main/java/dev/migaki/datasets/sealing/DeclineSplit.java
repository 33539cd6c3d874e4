package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.augmentation.DeclineQuestions;
import dev.migaki.datasets.augmentation.QuestionRewriter;
import dev.migaki.datasets.augmentation.Wording;
import dev.migaki.datasets.sealing.HeldOutQuestion.Kind;
import dev.migaki.datasets.similarity.SimilarTextGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Unanswerable questions for training and, others, for the test.
 *
 * @param train examples with the honest reply
 * @param test questions whose reference is the honest reply
 */
record DeclineSplit(List<Example> train, List<HeldOutQuestion> test) {

  /**
   * Adds declines to what is trained, in each of its languages by the recipe's share.
   *
   * @param trained every training question; the new ones are added
   * @param held every held-out question; the new ones are added
   */
  static DeclineSplit of(
      List<Example> examples, Recipe recipe, SimilarTextGuard trained, SimilarTextGuard held) {
    Map<String, Integer> perLanguage = new TreeMap<>();
    StringBuilder text = new StringBuilder();
    for (Example example : examples) {
      perLanguage.merge(example.language(), 1, Integer::sum);
      if (example.kind() == Example.Kind.ORIGINAL) {
        example.messages().forEach(m -> text.append(m.content()).append('\n'));
      }
    }
    DeclineQuestions questions = new DeclineQuestions(recipe.seed());
    List<Example> train = new ArrayList<>();
    List<HeldOutQuestion> test = new ArrayList<>();
    for (Map.Entry<String, Integer> language : perLanguage.entrySet()) {
      String tag = language.getKey();
      if (!tag.equals("ja") && !tag.equals("en")) {
        continue;
      }
      double share = recipe.declines().share();
      int wanted = (int) Math.round(language.getValue() * share / (1 - share));
      List<Example> chosen =
          chooseForTraining(questions.of(tag, true, text.toString()), wanted, recipe, held);
      chosen.forEach(example -> trained.add(example.question()));
      train.addAll(chosen);
      test.addAll(chooseForTest(questions.of(tag, false, text.toString()), recipe, trained, held));
    }
    return new DeclineSplit(List.copyOf(train), List.copyOf(test));
  }

  /** The plain questions first, then other wordings of them, as many as wanted or to be had. */
  private static List<Example> chooseForTraining(
      List<Example> questions, int wanted, Recipe recipe, SimilarTextGuard held) {
    QuestionRewriter rewriter =
        new QuestionRewriter(recipe.seed(), recipe.augmentation().typoShare());
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

  private static List<HeldOutQuestion> chooseForTest(
      List<Example> questions, Recipe recipe, SimilarTextGuard trained, SimilarTextGuard held) {
    List<HeldOutQuestion> chosen = new ArrayList<>();
    for (Example question : questions) {
      if (chosen.size() < recipe.declines().testPerLanguage()
          && !trained.knows(question.question())
          && !held.knows(question.question())) {
        held.add(question.question());
        chosen.add(
            new HeldOutQuestion(
                Kind.UNANSWERABLE,
                question.question(),
                question.extractor(),
                "unanswerable",
                question,
                null));
      }
    }
    return chosen;
  }
}
