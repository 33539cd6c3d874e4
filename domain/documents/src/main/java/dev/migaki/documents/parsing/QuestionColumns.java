package dev.migaki.documents.parsing;

import dev.migaki.documents.Block.Role;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names by which tables and JSON objects say: this is the question, that is the answer. */
final class QuestionColumns {

  private static final Set<String> QUESTIONS =
      Set.of(
          "q",
          "question",
          "questions",
          "faq",
          "query",
          "prompt",
          "instruction",
          "inquiry",
          "customerquestion",
          "user",
          "title_question",
          "質問",
          "問",
          "問い",
          "問合せ",
          "問い合わせ",
          "お問い合わせ",
          "問い合わせ内容",
          "お問い合わせ内容",
          "質問内容",
          "質問文",
          "ご質問",
          "よくある質問",
          "よくあるご質問",
          "質問事項",
          "設問",
          "問い合わせ概要",
          "お問い合わせ概要",
          "問合せ内容",
          "お問合せ",
          "お問合せ内容",
          "相談内容",
          "ご相談内容",
          "症状",
          "困りごと",
          "お困りごと",
          "お困りの内容",
          "トラブル内容",
          "frequentlyaskedquestions",
          "customersays",
          "customermessage",
          "issue",
          "problem",
          "summary",
          "symptom");
  private static final Set<String> ANSWERS =
      Set.of(
          "a",
          "answer",
          "answers",
          "reply",
          "response",
          "completion",
          "output",
          "resolution",
          "agentanswer",
          "assistant",
          "bestanswer",
          "回答",
          "答",
          "答え",
          "返答",
          "回答内容",
          "回答文",
          "ご回答",
          "お答え",
          "ご返答",
          "対応内容",
          "解決策",
          "対応方法",
          "解答",
          "回答事項",
          "回答例",
          "解決方法",
          "対処",
          "対処法",
          "対処方法",
          "対応策",
          "agentreply",
          "supportreply",
          "solution",
          "fix",
          "workaround");

  /** Names that mean question or answer only beside one of their own kind: accounts have users. */
  private static final Map<String, Set<String>> PARTNERS =
      Map.of(
          "user", Set.of("assistant", "agent", "answer", "reply", "response"),
          "a", Set.of("q", "質問", "問", "問い"),
          "output", Set.of("instruction", "prompt", "query", "question"),
          "problem", Set.of("solution", "answer", "resolution", "fix", "workaround", "reply"),
          "issue", Set.of("solution", "answer", "resolution", "fix", "workaround", "reply"),
          "summary", Set.of("solution", "resolution", "resolutionnotes", "workaround"),
          "fix", Set.of("issue", "problem", "symptom", "question"));

  private static final Pattern ENDS_IN_NAME =
      Pattern.compile("[a-z]{2,24}(?:question|answer|solution)s?|[^未無回答]{1,6}(?:質問|回答)");
  private static final Set<String> SPEAKERS =
      Set.of(
          "speaker", "role", "from", "author", "sender", "who", "name", "話者", "発言者", "送信者", "発話者",
          "担当", "役割", "投稿者");
  private static final Set<String> TEXTS =
      Set.of(
          "text",
          "message",
          "content",
          "utterance",
          "body",
          "value",
          "comment",
          "発言",
          "内容",
          "本文",
          "メッセージ",
          "テキスト",
          "発話",
          "発言内容",
          "コメント");
  private static final Set<String> TITLES =
      Set.of("title", "subject", "headline", "タイトル", "件名", "見出し");
  private static final Set<String> MARKS_OF_QUESTIONS = Set.of("q", "question", "質問", "問");
  private static final Set<String> MARKS_OF_ANSWERS = Set.of("a", "answer", "回答", "答", "答え");
  private static final Set<String> THREADS =
      Set.of(
          "conversationid",
          "conversation",
          "threadid",
          "thread",
          "ticketid",
          "ticket",
          "dialogueid",
          "dialogid",
          "chatid",
          "sessionid",
          "会話id",
          "会話",
          "スレッド",
          "チケット",
          "チケット番号",
          "問い合わせ番号",
          "受付番号");

  private QuestionColumns() {}

  /** Adds the rows as pairs or turns if the first row names such columns. */
  static boolean addPairs(List<List<String>> rows, Blocks blocks) {
    if (rows.size() < 2) {
      return false;
    }
    List<String> header = rows.get(0);
    int question = column(header, QUESTIONS, true);
    int answer = column(header, ANSWERS, true);
    if (question >= 0
        && answer >= 0
        && question != answer
        && arePartners(canonical(header.get(question)), canonical(header.get(answer)))
        && sayMoreThanNumbers(rows.subList(1, rows.size()), answer)) {
      for (List<String> row : rows.subList(1, rows.size())) {
        blocks.pair(cell(row, question), cell(row, answer));
      }
      return true;
    }
    return addAlternating(rows, blocks) || addArticles(rows, blocks) || addTurns(rows, blocks);
  }

  /** Rows that are marked Q and A by turns. */
  private static boolean addAlternating(List<List<String>> rows, Blocks blocks) {
    for (int i = 0; i < rows.size(); i++) {
      String mark = canonical(cell(rows.get(i), 0)).replaceFirst("[0-9]{1,3}$", "");
      boolean marked = (i % 2 == 0 ? MARKS_OF_QUESTIONS : MARKS_OF_ANSWERS).contains(mark);
      if (!marked || rows.get(i).size() != 2 || rows.size() % 2 != 0) {
        return false;
      }
    }
    for (int i = 0; i < rows.size(); i += 2) {
      blocks.pair(cell(rows.get(i), 1), cell(rows.get(i + 1), 1));
    }
    return true;
  }

  /** Articles of a help centre whose titles are questions. */
  private static boolean addArticles(List<List<String>> rows, Blocks blocks) {
    int title = column(rows.get(0), TITLES, false);
    int text = column(rows.get(0), TEXTS, false);
    if (title < 0 || text < 0) {
      return false;
    }
    List<List<String>> articles = rows.subList(1, rows.size());
    long asking = articles.stream().filter(row -> cell(row, title).matches(".*[?？]")).count();
    if (asking * 2 <= articles.size()) {
      return false;
    }
    articles.forEach(row -> blocks.pair(cell(row, title), cell(row, text)));
    return true;
  }

  private static boolean arePartners(String question, String answer) {
    return PARTNERS.getOrDefault(question, Set.of(answer)).contains(answer)
        && PARTNERS.getOrDefault(answer, Set.of(question)).contains(question);
  }

  /** Counts under "response" or 「回答」 are the result of a survey. */
  private static boolean sayMoreThanNumbers(List<List<String>> rows, int answer) {
    return rows.stream()
        .map(row -> cell(row, answer))
        .anyMatch(said -> !said.isEmpty() && !TableShape.isNumber(said));
  }

  /** Adds the rows as pairs if the sender named two of the columns. */
  static boolean addNamed(List<List<String>> rows, ParseHints hints, Blocks blocks) {
    String named = hints.parameter("question");
    String answered = hints.parameter("answer");
    if (named == null || answered == null || rows.size() < 2) {
      return false;
    }
    int question = column(rows.get(0), Set.of(canonical(named)), false);
    int answer = column(rows.get(0), Set.of(canonical(answered)), false);
    if (question < 0 || answer < 0 || question == answer) {
      blocks.warn("a table has no columns of the names that were given");
      return false;
    }
    for (List<String> row : rows.subList(1, rows.size())) {
      blocks.pair(cell(row, question), cell(row, answer));
    }
    return true;
  }

  private static boolean addTurns(List<List<String>> rows, Blocks blocks) {
    List<String> header = rows.get(0);
    int speaker = column(header, SPEAKERS, false);
    int text = column(header, TEXTS, false);
    if (speaker < 0 || text < 0 || speaker == text || rows.size() < 3) {
      return false;
    }
    List<List<String>> turns = rows.subList(1, rows.size());
    long known =
        turns.stream().filter(row -> Speakers.roleOf(cell(row, speaker)).isPresent()).count();
    if (known * 2 < turns.size()) {
      return false;
    }
    int thread = column(header, THREADS, false);
    String current = "";
    for (List<String> row : turns) {
      String id = thread < 0 ? "" : cell(row, thread);
      if (!id.isEmpty() && !id.equals(current)) {
        blocks.heading(2, id);
        current = id;
      }
      String who = cell(row, speaker);
      blocks.turn(Speakers.roleOf(who).orElse(Role.OTHER), who, cell(row, text));
    }
    return true;
  }

  static boolean isQuestion(String name) {
    return QUESTIONS.contains(canonical(name));
  }

  static boolean isAnswer(String name) {
    return ANSWERS.contains(canonical(name));
  }

  static boolean isSpeaker(String name) {
    return SPEAKERS.contains(canonical(name));
  }

  static boolean isText(String name) {
    return TEXTS.contains(canonical(name));
  }

  private static int column(List<String> header, Set<String> names, boolean loosely) {
    for (int column = 0; column < header.size(); column++) {
      if (names.contains(canonical(header.get(column)))) {
        return column;
      }
    }
    if (loosely) {
      for (int column = 0; column < header.size(); column++) {
        if (looselyNamed(canonical(header.get(column)), names)) {
          return column;
        }
      }
    }
    return -1;
  }

  /** "question (en)", "回答（日本語）", "質問文_ja": the name with an appendix. */
  private static boolean looselyNamed(String name, Set<String> names) {
    Optional<String> prefix =
        names.stream()
            .filter(known -> known.length() > (TextLines.isWide(known.charAt(0)) ? 1 : 5))
            .filter(name::startsWith)
            .findFirst();
    if (prefix.isEmpty() && ENDS_IN_NAME.matcher(name).matches()) {
      return names.stream().anyMatch(known -> known.length() > 1 && name.endsWith(known));
    }
    return prefix.isPresent()
        && name.length() <= prefix.get().length() + 8
        && !name.endsWith("id")
        && !name.endsWith("日")
        && !name.endsWith("日時")
        && !name.endsWith("者")
        && !name.endsWith("date");
  }

  static String canonical(String name) {
    String folded = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    StringBuilder letters = new StringBuilder(folded.length());
    folded.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
    return letters.toString();
  }

  private static String cell(List<String> row, int column) {
    return column < row.size() ? row.get(column).strip() : "";
  }
}
