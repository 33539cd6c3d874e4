package dev.migaki.documents.parsing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** From lines on pages to headings, paragraphs, lists and tables. */
final class PdfLayout {

  private static final Pattern PAGE_NUMBER =
      Pattern.compile(
          "(?i)^[-–—\\s]*(?:page|p\\.|ページ)?\\s*\\d{1,4}\\s*(?:(?:/|of)\\s*\\d{1,4})?[-–—\\s]*(?:ページ|頁)?$");
  private static final Pattern ITEM =
      Pattern.compile("^(?:[-*•・‣◦●○▪–]\\s?|(\\d{1,3}[.)．）]|[(（]\\d{1,3}[)）]|[①-⑳])\\s?)(\\S.*)$");
  private static final Pattern LABEL =
      Pattern.compile("^(?:[QＱAＡ]\\s*\\d{0,3}\\s*[.:：．、]|【|■|◆|質問|回答|第\\d+[章条節]).*");
  private static final Pattern HYPHENATED = Pattern.compile(".*\\p{Ll}{2}-");
  private static final float HEADING_RATIO = 1.07f;
  private static final float SMALL_PRINT = 0.8f;
  private static final int MAX_HEADING = 110;
  private static final int FURNITURE_LINES = 2;

  private final Blocks blocks;
  private final float bodySize;
  private final List<Float> headingSizes;
  private final List<PdfLine> open = new ArrayList<>();

  private PdfLayout(Blocks blocks, float bodySize, List<Float> headingSizes) {
    this.blocks = blocks;
    this.bodySize = bodySize;
    this.headingSizes = headingSizes;
  }

  static void append(List<PdfLine> all, int pages, Blocks blocks) {
    float body = bodySize(all);
    List<PdfLine> lines = withoutFurniture(withoutSmallHeaders(all, body), pages);
    TreeSet<Float> larger = new TreeSet<>();
    for (PdfLine line : lines) {
      if (line.size() >= body * HEADING_RATIO && line.text().length() <= MAX_HEADING) {
        larger.add(line.size());
      }
    }
    new PdfLayout(blocks, body, new ArrayList<>(larger.descendingSet())).appendAll(lines);
  }

  /** Drops what repeats at the edges of pages, digits aside, and bare page numbers. */
  private static List<PdfLine> withoutFurniture(List<PdfLine> lines, int pages) {
    Map<Integer, List<PdfLine>> byPage = new HashMap<>();
    lines.forEach(line -> byPage.computeIfAbsent(line.page(), p -> new ArrayList<>()).add(line));
    Map<String, Set<Integer>> seen = new HashMap<>();
    Set<PdfLine> edges = new HashSet<>();
    boolean full = byPage.values().stream().anyMatch(onPage -> onPage.size() >= 3);
    byPage.forEach(
        (page, onPage) -> {
          onPage.sort((a, b) -> Float.compare(a.y(), b.y()));
          int size = onPage.size();
          int edge = size < 3 ? full ? 1 : 0 : Math.max(1, Math.min(FURNITURE_LINES, size / 4));
          for (int i = 0; i < size; i++) {
            if (i < edge || i >= size - edge) {
              edges.add(onPage.get(i));
              seen.computeIfAbsent(edgeKey(onPage.get(i)), k -> new HashSet<>()).add(page);
            }
          }
        });
    // left and right pages may carry different ones
    int repeated = Math.max(2, (pages + 2) / 3);
    return lines.stream()
        .filter(
            line ->
                !edges.contains(line)
                    || seen.getOrDefault(edgeKey(line), Set.of()).size() < repeated
                        && !PAGE_NUMBER.matcher(line.text()).matches())
        .toList();
  }

  /** The first line of a page in small print is a running header, also on the only page. */
  private static List<PdfLine> withoutSmallHeaders(List<PdfLine> lines, float body) {
    Map<Integer, PdfLine> highest = new HashMap<>();
    for (PdfLine line : lines) {
      highest.merge(line.page(), line, (one, other) -> other.y() < one.y() ? other : one);
    }
    return lines.stream()
        .filter(line -> highest.get(line.page()) != line || line.size() > body * SMALL_PRINT)
        .toList();
  }

  private static String edgeKey(PdfLine line) {
    return line.text().replaceAll("[0-9０-９]+", "#") + "@" + Math.round(line.y() / 4);
  }

  private static float bodySize(List<PdfLine> lines) {
    Map<Float, Integer> characters = new HashMap<>();
    lines.forEach(line -> characters.merge(line.size(), line.text().length(), Integer::sum));
    return characters.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(10f);
  }

  private void appendAll(List<PdfLine> lines) {
    int i = 0;
    while (i < lines.size()) {
      int tableEnd = PdfTable.end(lines, i);
      if (tableEnd > i) {
        endParagraph();
        blocks.page(lines.get(i).page());
        List<List<String>> rows = PdfTable.rows(lines.subList(i, tableEnd));
        blocks.table(rows, TableShape.firstRowIsHeader(rows));
        i = tableEnd;
      } else {
        appendLine(lines.get(i));
        i++;
      }
    }
    endParagraph();
  }

  private void appendLine(PdfLine line) {
    if (!open.isEmpty() && !continues(open.get(open.size() - 1), line)) {
      endParagraph();
    }
    open.add(line);
  }

  private boolean continues(PdfLine before, PdfLine line) {
    String text = line.text();
    if (ITEM.matcher(text).matches() || LABEL.matcher(text).matches()) {
      return false;
    }
    boolean sameStyle =
        Math.abs(before.size() - line.size()) < 0.6f && before.bold() == line.bold();
    if (before.page() != line.page()) {
      return sameStyle && !isHeadingSize(line) && !endsSentence(before.text());
    }
    float gap = line.y() - before.y();
    boolean near = gap > -1 && gap < line.size() * 1.9f;
    boolean column = gap < -line.size() * 3 && line.x() > before.x();
    return sameStyle && (near || column && !endsSentence(before.text()));
  }

  private static boolean endsSentence(String text) {
    return text.matches("(?s).*[。．.!?！？:：」）)]\\s*$");
  }

  private boolean isHeadingSize(PdfLine line) {
    return line.size() >= bodySize * HEADING_RATIO;
  }

  private void endParagraph() {
    if (open.isEmpty()) {
      return;
    }
    PdfLine first = open.get(0);
    blocks.page(first.page());
    String text = joined();
    boolean isShort = text.length() <= MAX_HEADING && open.size() <= 3;
    var item = ITEM.matcher(text);
    if (isShort && isHeadingSize(first)) {
      blocks.heading(headingSizes.indexOf(first.size()) + 1, text);
    } else if (isShort && first.bold() && !text.endsWith("。") && text.length() <= 80) {
      blocks.heading(headingSizes.size() + 1, text);
    } else if (item.matches()) {
      String number = item.group(1) == null ? "" : item.group(1) + " ";
      blocks.listItem(number + item.group(2), 0);
    } else {
      blocks.paragraph(text);
    }
    open.clear();
  }

  /** Lines that reach the right edge were wrapped; a short line was ended by the author. */
  private String joined() {
    float right = 0;
    for (PdfLine line : open) {
      right = Math.max(right, line.end());
    }
    StringBuilder text = new StringBuilder();
    List<String> wrapped = new ArrayList<>();
    for (PdfLine line : open) {
      wrapped.add(line.text());
      boolean full =
          line.end() > right - line.size() * 4 || HYPHENATED.matcher(line.text()).matches();
      if (!full) {
        text.append(text.isEmpty() ? "" : "\n").append(TextLines.join(wrapped));
        wrapped.clear();
      }
    }
    if (!wrapped.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n").append(TextLines.join(wrapped));
    }
    return text.toString();
  }
}
