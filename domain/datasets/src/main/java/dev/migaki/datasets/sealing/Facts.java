package dev.migaki.datasets.sealing;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.sealing.Selection.Candidate;
import dev.migaki.datasets.similarity.Shingles;
import dev.migaki.datasets.similarity.TextFold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes {@link Fact}s of the pairs that are left: by answer, and within one by wording. */
final class Facts {
  /** From here on two questions are one wording; the same bound guards the split. */
  static final double SAME_WORDING = 0.7;

  private Facts() {}

  /** The facts by id. */
  static List<Fact> of(Selection selection) {
    return AnswerGroups.of(selection.kept()).stream()
        .map(Facts::fact)
        .sorted(Comparator.comparing(Fact::id))
        .toList();
  }

  private static Fact fact(List<Candidate> pairs) {
    List<List<Example>> wordings = new ArrayList<>();
    for (Candidate pair : pairs) {
      add(wordings, pair.example());
    }
    String language = pairs.get(0).example().language();
    // with its first question: short answers ("Yes.") are shared by facts that have nothing in
    // common
    String text =
        pairs.stream()
            .map(p -> TextFold.fold(p.example().answer()) + "|" + p.example().question())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    String id = "fact-" + ContentHash.of(language).add(text).hex().substring(0, 16);
    return new Fact(id, language, wordings);
  }

  /**
   * Adds a pair to the wordings that its question is close to, joining them where they are several.
   */
  private static void add(List<List<Example>> wordings, Example example) {
    Shingles asked = Shingles.of(example.question());
    List<Example> joined = new ArrayList<>();
    List<List<Example>> close = new ArrayList<>();
    for (List<Example> wording : wordings) {
      if (wording.stream().anyMatch(e -> isSameWording(e.question(), example.question(), asked))) {
        close.add(wording);
        joined.addAll(wording);
      }
    }
    joined.add(example);
    wordings.removeAll(close);
    wordings.add(joined);
  }

  private static boolean isSameWording(String known, String question, Shingles asked) {
    return Shingles.of(known).jaccard(asked) >= SAME_WORDING
        || TextFold.fold(known).equals(TextFold.fold(question));
  }
}
