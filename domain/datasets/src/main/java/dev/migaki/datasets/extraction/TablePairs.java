package dev.migaki.datasets.extraction;

import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tables with a question and an answer column, and tables that explain codes ("E12 | paper jam").
 */
final class TablePairs implements ExtractionRule {
  private static final Set<String> QUESTION_NAMES =
      Set.of(
          "質問",
          "問",
          "問い",
          "ご質問",
          "質問内容",
          "よくある質問",
          "お問い合わせ",
          "お問い合わせ内容",
          "お問合せ内容",
          "問い合わせ内容",
          "q",
          "question",
          "questions",
          "faq",
          "prompt",
          "instruction",
          "customer",
          "inquiry",
          "customer question");
  private static final Set<String> ANSWER_NAMES =
      Set.of(
          "回答",
          "答",
          "答え",
          "ご回答",
          "回答内容",
          "対応",
          "対応内容",
          "返答",
          "a",
          "answer",
          "answers",
          "response",
          "reply",
          "assistant",
          "completion",
          "agent",
          "resolution");
  private static final Set<String> CODE_NAMES =
      Set.of("コード", "エラーコード", "エラー", "code", "error code", "error");
  private static final Set<String> MEANING_NAMES =
      Set.of(
          "意味",
          "内容",
          "説明",
          "対処",
          "対処方法",
          "原因",
          "meaning",
          "description",
          "explanation",
          "what it means",
          "what to do",
          "action");

  @Override
  public List<Candidate> apply(DocumentView document) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < document.size(); i++) {
      if (document.isTaken(i) || !(document.block(i) instanceof Block.Table table)) {
        continue;
      }
      int before = candidates.size();
      readPairs(table, i, candidates);
      readCodes(table, i, document, candidates);
      if (candidates.size() > before) {
        document.take(i, i);
      }
    }
    return candidates;
  }

  private static void readPairs(Block.Table table, int index, List<Candidate> candidates) {
    if (table.rows().size() < 2) {
      return;
    }
    List<String> header = table.rows().get(0);
    int question = column(header, QUESTION_NAMES);
    int answer = column(header, ANSWER_NAMES);
    if (question < 0 || answer < 0 || question == answer) {
      return;
    }
    for (List<String> row : table.rows().subList(1, table.rows().size())) {
      String asked = cell(row, question);
      String answered = cell(row, answer);
      if (!asked.isBlank() && !answered.isBlank()) {
        candidates.add(
            Candidate.pair(
                "table-pair",
                QuestionShape.withoutNumbering(asked),
                LabelledPairs.withoutAnswerLabel(answered),
                index,
                index));
      }
    }
  }

  private static void readCodes(
      Block.Table table, int index, DocumentView document, List<Candidate> candidates) {
    if (table.rows().size() < 2) {
      return;
    }
    List<String> header = table.rows().get(0);
    int code = column(header, CODE_NAMES);
    if (code != 0) {
      return;
    }
    List<Integer> meanings = new ArrayList<>();
    for (int i = 1; i < header.size(); i++) {
      if (MEANING_NAMES.contains(name(header.get(i)))) {
        meanings.add(i);
      }
    }
    for (List<String> row : table.rows().subList(1, table.rows().size())) {
      String shown = cell(row, 0).strip();
      List<String> said =
          meanings.stream().map(i -> cell(row, i).strip()).filter(s -> !s.isEmpty()).toList();
      if (shown.matches("[A-Za-z0-9_.-]{2,20}") && !said.isEmpty()) {
        boolean japanese = document.language().equals("ja");
        String question = codeQuestion(header.get(0), shown, document.headingPath(index), japanese);
        candidates.add(
            Candidate.pair(
                "code-table", question, String.join(japanese ? "" : " ", said), index, index));
      }
    }
  }

  /** A table of error codes says so; other codes mean something only under their heading. */
  private static String codeQuestion(
      String header, String code, List<String> headings, boolean japanese) {
    String name = name(header);
    if (name.contains("エラー") || name.contains("error") || headings.isEmpty()) {
      return japanese ? "エラーコード" + code + "は何を意味しますか？" : "What does error code " + code + " mean?";
    }
    String about = QuestionShape.withoutNumbering(headings.get(headings.size() - 1));
    return japanese
        ? about + "のコード" + code + "は何を表しますか？"
        : "What does code " + code + " mean (" + about + ")?";
  }

  private static int column(List<String> header, Set<String> names) {
    for (int i = 0; i < header.size(); i++) {
      if (names.contains(name(header.get(i)))) {
        return i;
      }
    }
    return -1;
  }

  private static String name(String cell) {
    return cell.strip().toLowerCase(Locale.ROOT).replaceAll("[（(].*[)）]$", "").strip();
  }

  private static String cell(List<String> row, int column) {
    return column < row.size() ? row.get(column) : "";
  }
}
