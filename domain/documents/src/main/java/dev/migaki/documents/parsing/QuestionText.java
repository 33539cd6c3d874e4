package dev.migaki.documents.parsing;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists of questions and answers that mark their lines: Q:/A:, 質問/回答, 問1/答1. */
final class QuestionText {

  private static final Pattern QUESTION =
      Pattern.compile(
          "^[\\[【(]?(?:Q(?:uestion)?|質問|問い?|ご質問)\\s*[.\\-]?\\s*(?:\\d{1,4}(?:[-.]\\d{1,3})?)?\\s*"
              + "(?:[\\]】)]\\s*[:.、,)]?|[:.、,)】\\]]|(?<=[\\dQ質問])\\s+)\\s*(.*)$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ANSWER =
      Pattern.compile(
          "^[\\[【(]?(?:A(?:nswer|ns)?|回答|答え?|ご回答)\\s*[.\\-]?\\s*(?:\\d{1,4}(?:[-.]\\d{1,3})?)?\\s*"
              + "(?:[\\]】)]\\s*[:.、,)]?|[:.、,)】\\]]|(?<=[\\d答])\\s+)\\s*(.*)$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SIGNED =
      Pattern.compile("[■◆●▼□◇○▶]\\s*(?:Q|A|Ｑ|Ａ|質問|回答|問い?|答え?)\\s*[0-9０-９]{0,3}");
  private static final Pattern END =
      Pattern.compile("^(?:#{1,6}\\s.*|[■◆▼◎].*|【.{1,40}】|[-=*_─━＝―]{3,})$");

  private QuestionText() {}

  /** Appends the text as pairs and what is between them; false, without effect, if it has none. */
  static boolean append(List<String> lines, Blocks blocks) {
    if (!hasPairs(lines)) {
      return false;
    }
    Collector collector = new Collector(blocks);
    lines.forEach(collector::line);
    collector.finish();
    return true;
  }

  /** What a line asks if it carries a question's marker, else null. */
  static @Nullable String question(String line) {
    return matched(QUESTION, line);
  }

  /** What a line answers if it carries an answer's marker, else null. */
  static @Nullable String answer(String line) {
    return matched(ANSWER, line);
  }

  static boolean containsQuestion(String text) {
    return text.lines().anyMatch(line -> matched(QUESTION, line) != null);
  }

  static boolean containsAnswer(String text) {
    return text.lines().anyMatch(line -> matched(ANSWER, line) != null);
  }

  private static boolean hasPairs(List<String> lines) {
    boolean asked = false;
    for (String line : lines) {
      if (matched(QUESTION, line) != null) {
        asked = true;
      } else if (asked && matched(ANSWER, line) != null) {
        return true;
      }
    }
    return false;
  }

  /** The text after the marker, null if the line has none. */
  private static @Nullable String matched(Pattern marker, String line) {
    String bare = line.strip();
    if (SIGNED.matcher(bare).matches()) {
      // a label on a line of its own; what it is for follows
      bare = bare.substring(1).strip() + ":";
    }
    if (bare.isEmpty() || "QqAaＱＡｑａ質問答回ご[【(（［".indexOf(bare.charAt(0)) < 0) {
      return null;
    }
    // only the marker is folded: "Ｑ１．" matches, the text keeps its width
    int window = Math.min(bare.length(), 16);
    String folded = Normalizer.normalize(bare.substring(0, window), Normalizer.Form.NFKC);
    if (folded.length() != window) {
      return null;
    }
    Matcher matcher = marker.matcher(folded + bare.substring(window));
    return matcher.matches() ? bare.substring(matcher.start(1)) : null;
  }

  private static final class Collector {
    private final Blocks blocks;
    private final List<String> question = new ArrayList<>();
    private final List<String> answer = new ArrayList<>();
    private final List<String> between = new ArrayList<>();
    private boolean asking;
    private boolean answering;

    Collector(Blocks blocks) {
      this.blocks = blocks;
    }

    void line(String line) {
      String asked = matched(QUESTION, line);
      String answered = asked == null && (asking || answering) ? matched(ANSWER, line) : null;
      if (asked != null) {
        finish();
        asking = true;
        question.add(asked);
      } else if (answered != null && asking) {
        asking = false;
        answering = true;
        answer.add(answered);
      } else if ((asking || answering) && END.matcher(line.strip()).matches()) {
        finish();
        between.add(line);
      } else if (asking) {
        question.add(line);
      } else if (answering) {
        answer.add(line);
      } else {
        between.add(line);
      }
    }

    void finish() {
      PlainTextReader.appendStructure(between, blocks);
      if (answering) {
        blocks.pair(TextLines.join(question), paragraphs(answer));
      } else if (asking) {
        PlainTextReader.appendStructure(question, blocks);
      }
      between.clear();
      question.clear();
      answer.clear();
      asking = false;
      answering = false;
    }

    private static String paragraphs(List<String> lines) {
      List<String> done = new ArrayList<>();
      List<String> open = new ArrayList<>();
      for (String line : lines) {
        if (line.isBlank()) {
          close(open, done);
        } else {
          open.add(line.strip());
        }
      }
      close(open, done);
      return String.join("\n", done);
    }

    private static void close(List<String> open, List<String> done) {
      if (!open.isEmpty()) {
        done.add(PlainTextReader.unwrap(open));
        open.clear();
      }
    }
  }
}
