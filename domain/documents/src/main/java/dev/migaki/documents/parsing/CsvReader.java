package dev.migaki.documents.parsing;

import dev.migaki.documents.ParsedDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Delimited tables: finds the delimiter, honours quotes, and looks whether columns have names. */
final class CsvReader implements FormatReader {

  private static final char[] DELIMITERS = {',', '\t', ';', '|'};
  private static final int SNIFFED_RECORDS = 60;

  @Override
  public ParsedDocument read(Source source, Blocks blocks) {
    TextDecoder.Decoded decoded = TextDecoder.decode(source.bytes(), source.hints().charset());
    List<List<String>> rows = records(decoded.text(), delimiterOf(decoded.text()));
    if (!QuestionColumns.addNamed(rows, source.hints(), blocks)) {
      blocks.table(rows, TableShape.firstRowIsHeader(TableShape.tidy(rows)));
    }
    return new ParsedDocument(
        source.type().mediaType(), decoded.charset(), null, null, blocks.list());
  }

  /** Whether a text without a name can be nothing but a table: many rows, all equally wide. */
  static boolean looksLikeTable(String text) {
    char delimiter = delimiterOf(text);
    List<List<String>> rows =
        records(text, delimiter, SNIFFED_RECORDS).stream().filter(CsvReader::hasText).toList();
    if (rows.size() < 2) {
      return false;
    }
    int width = rows.get(0).size();
    boolean even = rows.stream().allMatch(row -> row.size() == width);
    boolean shortCells =
        rows.get(0).stream().allMatch(cell -> cell.length() <= 40 && !cell.isBlank());
    // prose has a comma here and there, but hardly one and the same number in each line
    boolean telling = width >= 3 || rows.size() >= 3 || delimiter == '\t';
    return width >= 2 && even && shortCells && telling && TableShape.firstRowIsHeader(rows);
  }

  private static boolean hasText(List<String> row) {
    return row.stream().anyMatch(cell -> !cell.isBlank());
  }

  /** The delimiter under which most records have the same number of cells, more than one. */
  static char delimiterOf(String text) {
    char best = ',';
    double bestScore = 0;
    for (char delimiter : DELIMITERS) {
      double score = scoreOf(records(text, delimiter, SNIFFED_RECORDS));
      if (score > bestScore + 1e-9) {
        bestScore = score;
        best = delimiter;
      }
    }
    return best;
  }

  private static double scoreOf(List<List<String>> rows) {
    Map<Integer, Integer> widths = new HashMap<>();
    for (List<String> row : rows) {
      widths.merge(row.size(), 1, Integer::sum);
    }
    double best = 0;
    for (Map.Entry<Integer, Integer> entry : widths.entrySet()) {
      if (entry.getKey() > 1) {
        double share = (double) entry.getValue() / rows.size();
        best = Math.max(best, share * share * (1 + Math.log(entry.getKey())));
      }
    }
    return best;
  }

  static List<List<String>> records(String text, char delimiter) {
    return records(text, delimiter, Integer.MAX_VALUE);
  }

  /** RFC 4180, forgiving: a quote inside an unquoted cell is text. */
  private static List<List<String>> records(String text, char delimiter, int limit) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    int length = text.length();
    for (int i = 0; i < length && rows.size() < limit; i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < length && text.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && cell.toString().isBlank()) {
        cell.setLength(0);
        quoted = true;
      } else if (c == delimiter) {
        row.add(take(cell));
      } else if (c == '\n') {
        row.add(take(cell));
        rows.add(row);
        row = new ArrayList<>();
      } else {
        cell.append(c);
      }
    }
    if (rows.size() < limit && (!cell.isEmpty() || !row.isEmpty())) {
      row.add(take(cell));
      rows.add(row);
    }
    return rows;
  }

  private static String take(StringBuilder cell) {
    String text = cell.toString();
    cell.setLength(0);
    return text;
  }
}
