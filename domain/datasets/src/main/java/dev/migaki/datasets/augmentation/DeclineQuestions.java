package dev.migaki.datasets.augmentation;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.TextLanguage;
import dev.migaki.datasets.similarity.TextFold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Questions that no document of a company answers, and the one honest reply of each language.
 * Without them a tuned model answers everything, and what it does not know it makes up.
 *
 * <p>Two kinds: general questions from a shipped list, and questions about invented things that the
 * dataset does not mention, so that the model looks at the name and not only at the subject.
 */
public final class DeclineQuestions {
  private static final String INVENTED = "decline-entities.txt";
  private static final List<String> ENGLISH_PATTERNS =
      List.of(
          "What is the price of {}?",
          "How do I return {}?",
          "Is {} in stock?",
          "When will {} be delivered?",
          "Does {} come with a warranty?",
          "Who is responsible for {}?");
  private static final List<String> JAPANESE_PATTERNS =
      List.of(
          "{}の価格はいくらですか？",
          "{}を返品する方法を教えてください。",
          "{}の在庫はありますか？",
          "{}はいつ届きますか？",
          "{}に保証は付いていますか？",
          "{}の担当者は誰ですか？");

  /** Which side of the split a question belongs to, decided by seed and content. */
  private static final double TRAINING_SHARE = 0.6;

  private final long seed;

  public DeclineQuestions(long seed) {
    this.seed = seed;
  }

  /** The reply, in one fixed wording per language so that it can be learned and recognised. */
  public static String reply(String language) {
    return language.equals(TextLanguage.JAPANESE)
        ? "その情報は持っていません。"
        : "I don't have information about that.";
  }

  /**
   * The unanswerable questions of one side, in seeded order.
   *
   * @param mentioned invented things that the dataset mentions after all; nothing is asked about
   *     them
   */
  public List<Example> of(String language, boolean training, Set<String> mentioned) {
    List<Wording> questions = new ArrayList<>();
    for (String question : WordTable.lines("decline-questions-" + language + ".txt")) {
      questions.add(new Wording(question, "decline-general"));
    }
    questions.addAll(aboutInvented(language, mentioned));
    return questions.stream()
        .filter(question -> isTraining(question) == training)
        .sorted(Comparator.comparingDouble(q -> fraction("decline-order", q)))
        .map(q -> Example.decline(language, q.question(), reply(language), q.template()))
        .toList();
  }

  /**
   * The invented things that some texts mention after all.
   *
   * @param texts all questions and answers of the dataset; gone through once
   */
  public static Set<String> mentionedIn(Iterable<String> texts) {
    Map<String, String> unmentioned = new HashMap<>();
    WordTable.lines(INVENTED).forEach(name -> unmentioned.put(name, TextFold.fold(name)));
    Set<String> mentioned = new HashSet<>();
    for (String text : texts) {
      String folded = TextFold.fold(text);
      unmentioned.forEach(
          (name, foldedName) -> {
            if (folded.contains(foldedName)) {
              mentioned.add(name);
            }
          });
      unmentioned.keySet().removeAll(mentioned);
    }
    return mentioned;
  }

  private List<Wording> aboutInvented(String language, Set<String> mentioned) {
    boolean japanese = language.equals(TextLanguage.JAPANESE);
    List<String> patterns = japanese ? JAPANESE_PATTERNS : ENGLISH_PATTERNS;
    List<Wording> questions = new ArrayList<>();
    for (String name : WordTable.lines(INVENTED)) {
      boolean kana = name.charAt(0) > 0x250;
      if (kana == japanese && !mentioned.contains(name)) {
        double choice = fraction("decline-pattern", new Wording(name, ""));
        // two of the patterns per name: a name must not be learned with its answer
        int first = (int) (choice * patterns.size());
        questions.add(new Wording(patterns.get(first).replace("{}", name), "decline-invented"));
        String second = patterns.get((first + 2) % patterns.size());
        questions.add(new Wording(second.replace("{}", name), "decline-invented"));
      }
    }
    return questions;
  }

  private boolean isTraining(Wording question) {
    return fraction("decline-side", question) < TRAINING_SHARE;
  }

  private double fraction(String purpose, Wording question) {
    return ContentHash.fraction(seed, purpose, question.question());
  }
}
