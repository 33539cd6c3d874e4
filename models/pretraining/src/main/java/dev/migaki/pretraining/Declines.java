package dev.migaki.pretraining;

import java.util.List;
import java.util.Random;

/** How to say that there is no answer; the first wording is the usual one. */
final class Declines {
  private Declines() {}

  static List<String> of(Language language) {
    return switch (language) {
      case ENGLISH ->
          List.of(
              "I don't have information about that.",
              "I'm sorry, I don't have information about that.",
              "Sorry, I don't know that.",
              "I have no information on this.");
      case JAPANESE ->
          List.of(
              "その情報はありません。",
              "申し訳ありませんが、その情報はありません。",
              "申し訳ございません。その件については分かりません。",
              "その件に関する情報は持っていません。");
    };
  }

  static String pick(List<String> declines, Random random) {
    return random.nextDouble() < 0.7 ? declines.get(0) : Phrases.pick(declines, random);
  }
}
