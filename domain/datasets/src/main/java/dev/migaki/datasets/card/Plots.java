package dev.migaki.datasets.card;

import dev.migaki.datasets.balance.Lengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plots as inline SVG: the card is one file that opens anywhere, without scripts and network. */
final class Plots {
  private static final int WIDTH = 640;
  private static final int ROW = 22;
  private static final int LABEL = 190;
  private static final int VALUE = 90;
  private static final int COLUMN_HEIGHT = 150;

  private Plots() {}

  /** A bar to draw. */
  private record Bar(String label, long value) {}

  /** Horizontal bars, one per entry in the given order; the rest is summed up in the last. */
  static String bars(String title, Map<String, ? extends Number> counts, int most) {
    List<Bar> bars = new ArrayList<>();
    long rest = 0;
    int others = 0;
    for (Map.Entry<String, ? extends Number> entry : counts.entrySet()) {
      if (bars.size() < most) {
        bars.add(new Bar(entry.getKey(), entry.getValue().longValue()));
      } else {
        rest += entry.getValue().longValue();
        others++;
      }
    }
    if (others > 0) {
      bars.add(new Bar(others + " others together", rest));
    }
    // what is summed up may be longer than its room; the bars beside each other must not shrink
    long largest = Math.max(1, bars.stream().limit(most).mapToLong(Bar::value).max().orElse(1));
    long total = Math.max(1, bars.stream().mapToLong(Bar::value).sum());
    StringBuilder svg = open(title, bars.size() * ROW + 4);
    int room = WIDTH - LABEL - VALUE;
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      int y = i * ROW + 4;
      boolean isRest = others > 0 && i == bars.size() - 1;
      int width = (int) Math.min(room, Math.max(1, room * bar.value() / largest));
      svg.append(text(LABEL - 8, y + 14, "end", shortened(bar.label())));
      svg.append(
          "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"16\" rx=\"2\"/>"
              .formatted(isRest ? "rest" : "bar", LABEL, y + 2, width));
      String value =
          Figures.count(bar.value()) + " (" + Figures.percent((double) bar.value() / total) + ")";
      svg.append(text(LABEL + width + 6, y + 14, "start", value));
    }
    return svg.append("</svg></figure>\n").toString();
  }

  /** A histogram of lengths. */
  static String histogram(String title, Lengths lengths) {
    List<Lengths.Bin> bins = lengths.bins();
    StringBuilder svg = open(title, COLUMN_HEIGHT + 40);
    int largest = Math.max(1, bins.stream().mapToInt(Lengths.Bin::count).max().orElse(1));
    int step = WIDTH / Math.max(1, bins.size());
    for (int i = 0; i < bins.size(); i++) {
      Lengths.Bin bin = bins.get(i);
      int height = (int) ((long) COLUMN_HEIGHT * bin.count() / largest);
      int x = i * step;
      int middle = x + step / 2;
      svg.append(
          "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
              .formatted(x + 3, 16 + COLUMN_HEIGHT - height, step - 6, height));
      svg.append(text(middle, 12 + COLUMN_HEIGHT - height, "middle", Figures.count(bin.count())));
      svg.append(text(middle, COLUMN_HEIGHT + 32, "middle", bin.from() + "–" + bin.to()));
    }
    return svg.append("</svg></figure>\n").toString();
  }

  private static StringBuilder open(String title, int height) {
    return new StringBuilder()
        .append("<figure><figcaption>")
        .append(Html.escaped(title))
        .append("</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\">".formatted(WIDTH, height))
        .append("<title>")
        .append(Html.escaped(title))
        .append("</title>");
  }

  private static String text(int x, int y, String anchor, String content) {
    return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>"
        .formatted(x, y, anchor, Html.escaped(content));
  }

  /** Cuts what would run out of its column; a wide character takes twice the room. */
  private static String shortened(String label) {
    StringBuilder cut = new StringBuilder();
    int room = 26;
    for (int c : label.codePoints().toArray()) {
      room -= c >= 0x1100 ? 2 : 1;
      if (room < 1) {
        return cut.append('…').toString();
      }
      cut.appendCodePoint(c);
    }
    return cut.toString();
  }
}
