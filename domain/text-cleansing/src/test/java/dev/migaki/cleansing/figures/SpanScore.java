package dev.migaki.cleansing.figures;

import dev.migaki.cleansing.figures.LabelledText.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Precision and recall by the rules of the public span evaluator of presidio-research: neighbouring
 * spans of one type are joined when only punctuation or spaces stand between them, a span counts as
 * found if a prediction covers it with an intersection over union of at least 0.9, beta is 2.
 */
final class SpanScore {

  private static final double IOU = 0.9;

  private int annotated;
  private int predicted;
  private int matched;

  void add(String text, List<Span> truth, List<Span> found) {
    List<Span> expected = joined(text, truth);
    List<Span> actual = joined(text, found);
    annotated += expected.size();
    predicted += actual.size();
    boolean[] used = new boolean[actual.size()];
    for (Span span : expected) {
      int best = -1;
      for (int i = 0; i < used.length; i++) {
        if (!used[i] && span.iou(actual.get(i)) >= IOU) {
          best = i;
          break;
        }
      }
      if (best >= 0) {
        used[best] = true;
        matched++;
      }
    }
  }

  static List<Span> joined(String text, List<Span> spans) {
    List<Span> sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparingInt(Span::start));
    List<Span> joined = new ArrayList<>();
    for (Span span : sorted) {
      Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      boolean adjacent =
          last != null
              && last.label().equals(span.label())
              && span.start() >= last.end()
              && text.substring(last.end(), span.start())
                  .chars()
                  .noneMatch(Character::isLetterOrDigit);
      if (adjacent) {
        joined.set(joined.size() - 1, new Span(span.label(), last.start(), span.end()));
      } else {
        joined.add(span);
      }
    }
    return joined;
  }

  double precision() {
    return predicted == 0 ? 0 : (double) matched / predicted;
  }

  double recall() {
    return annotated == 0 ? 0 : (double) matched / annotated;
  }

  double f2() {
    double p = precision();
    double r = recall();
    return p + r == 0 ? 0 : 5 * p * r / (4 * p + r);
  }

  int annotated() {
    return annotated;
  }

  String row() {
    return String.format(
        Locale.ROOT, "%d | %.3f | %.3f | %.3f", annotated, precision(), recall(), f2());
  }
}
