package dev.migaki.metrics;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** Recognises an answer that says that it does not know. */
public final class Declines {
  private static final List<String> MARKERS =
      List.of(
          "don't have information",
          "do not have information",
          "don't have that information",
          "no information about",
          "don't know",
          "do not know",
          "cannot answer",
          "can't answer",
          "not able to answer",
          "情報は持って",
          "情報はあり",
          "情報があり",
          "情報は見つ",
          "わかりません",
          "分かりません",
          "お答えでき",
          "存じません",
          "存じ上げません");

  private Declines() {}

  /**
   * Whether the answer admits ignorance, in English or Japanese. An empty answer does not: it says
   * nothing.
   */
  public static boolean isDecline(String answer) {
    String folded =
        Normalizer.normalize(answer, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .replace('\u2019', '\'');
    return MARKERS.stream().anyMatch(folded::contains);
  }
}
