package dev.migaki.datasets.sealing;

import dev.migaki.datasets.ContentHash;
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
        .sorted((a, b) -> Long.compareUnsigned(a.hash(), b.hash()))
        .toList();
  }

  private static Fact fact(List<Candidate> pairs) {
    List<List<Candidate>> wordings = new ArrayList<>();
    for (Candidate pair : pairs) {
      add(wordings, pair);
    }
    String language = pairs.get(0).example().language();
    // with its first question: short answers ("Yes.") are shared by facts that have nothing in
    // common
    String text =
        pairs.stream()
            .map(p -> TextFold.fold(p.example().answer()) + "|" + p.example().question())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return new Fact(ContentHash.of(language).add(text).number(), wordings);
  }

  /**
   * Adds a pair to the wordings that its question is close to, joining them where they are several.
   */
  private static void add(List<List<Candidate>> wordings, Candidate pair) {
    if (wordings.isEmpty()) {
      wordings.add(List.of(pair));
      return;
    }
    String question = pair.example().question();
    Shingles asked = Shingles.of(question);
    List<Candidate> joined = new ArrayList<>();
    List<List<Candidate>> close = new ArrayList<>();
    for (List<Candidate> wording : wordings) {
      if (wording.stream().anyMatch(c -> isSameWording(c, question, asked))) {
        close.add(wording);
        joined.addAll(wording);
      }
    }
    joined.add(pair);
    wordings.removeAll(close);
    wordings.add(joined);
  }

  private static boolean isSameWording(Candidate pair, String question, Shingles asked) {
    String known = pair.example().question();
    return Shingles.of(known).jaccard(asked) >= SAME_WORDING
        || TextFold.fold(known).equals(TextFold.fold(question));
  }
}
