package dev.migaki.datasets.extraction;

import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Pairs that the format itself declares: FAQPage markup, details/summary, definition lists. */
final class DeclaredPairs implements ExtractionRule {
  private static final Pattern NAVIGATION =
      Pattern.compile(
          "(?is)すべての(スライド|項目)|もっと見る|詳細(を見る)?|メニュー|目次|(show|read|see) (all|more).*|menu|contents"
              + "|details|[^\\n]+\\n[^\\n]+\\n.*");

  /**
   * What "What is …?" does not fit: a verb or "not" in it, an action in front, a state or a plural
   * at its end ("Cannot log in", "Reset PIN", "Invoice missing", "Office hours").
   */
  private static final Pattern NO_ENGLISH_NOUN =
      Pattern.compile(
          "(?i)(?:.*\\b(?:am|was|were|been|be|do|does|did|has|have|had|can|cannot|could|will|would"
              + "|should|must|not|no|never|unable|failed|fails|fail|failing|keeps|keep|stops|stopped"
              + "|gets|get|got|shows|works|working|says|won|wrong|lost|after|when|while|if|because)\\b.*"
              + "|.*n['’]t\\b.*|(?:"
              + "activate|add|assign|attach|buy|cancel|choose|configure|connect|convert|create|delete"
              + "|disable|download|edit|enable|enter|get|install|invite|join|make|manage|move|pay|prepare"
              + "|receive|recover|register|remove|rename|renew|replace|reset|restart|restore|retrieve|save"
              + "|select|send|submit|subscribe|turn|unlock|unsubscribe|upload|verify|write)\\s.*"
              + "|.*\\s(?:offline|online|down|slow|stuck|invalid|unavailable|empty|full|late|dead|blank"
              + "|missing|loud|hot|broken|frozen|\\p{L}{2,}ed)"
              + "|(?-i:.*\\p{L}[^suiSUI\\P{L}]s)|(?-i:\\S+\\s.*\\p{Ll}{2}[^sui\\P{L}]s\\s.*))\\s*");

  private static final Pattern SOFTENED =
      Pattern.compile("(?:(?:の|ん)(?:です|だ)(?:が|けれど|けど)|けれども?|けど|のに)?[、。…]*$");
  private static final Pattern WISH = Pattern.compile("[^がは]*を[^がは]*[うくぐすつぬぶむる]");
  private static final Pattern PREDICATE =
      Pattern.compile(
          ".*(?:ない|なかった|[うくぐすつぬぶむる]|[^ー\\p{IsKatakana}]た|[いん]だ"
              + "|[遅重高低悪暗熱暑寒古薄濃弱強汚臭遠近長短赤白黒青]い|(?:しい|きい|さい|たい|るい|すい|くい|らい))");

  /** A term of a definition list does not ask; a question is made of it. */
  private static String question(String asked) {
    boolean asks = QuestionShape.asks(asked) || asked.contains("\n") || asked.length() > MOST_TERM;
    boolean sentence =
        asked.matches(
            "(?is).*([。.!！]|ください|ます|たい)\\s*$|^(how|what|when|where|who|why|which|can|do|does|is|are|i|my|please)\\b.*");
    if (asks || sentence) {
      return asked;
    }
    boolean japanese = asked.codePoints().anyMatch(c -> c >= 0x3041 && c <= 0x9FFF);
    if (japanese) {
      return japaneseQuestion(asked);
    }
    return NO_ENGLISH_NOUN.matcher(asked).matches() ? asked : "What is " + asked + "?";
  }

  /** A noun is asked about; a predicate tells of trouble or of a wish; the rest stays as it is. */
  private static String japaneseQuestion(String asked) {
    String told = SOFTENED.matcher(asked).replaceFirst("");
    if (WISH.matcher(told).matches()) {
      return told + "にはどうすればよいですか。";
    }
    if (PREDICATE.matcher(told).matches()) {
      return told + "のですが、どうすればよいですか。";
    }
    return asked.matches(".*(?:は|って|が|を|に|で|と|も|の|ん|け[どれ]|ど|ね|よ|な|だ|か)$")
        ? asked
        : asked + "について教えてください。";
  }

  private static final int MOST_TERM = 40;

  @Override
  public List<Candidate> apply(DocumentView document) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < document.size(); i++) {
      if (document.block(i) instanceof Block.QuestionAnswer pair) {
        String asked = QuestionShape.withoutNumbering(pair.question());
        if (!NAVIGATION.matcher(asked).matches()) {
          candidates.add(
              Candidate.pair(
                  "declared-pair",
                  question(asked),
                  LabelledPairs.withoutAnswerLabel(pair.answer()),
                  i,
                  i));
        }
        document.take(i, i);
      }
    }
    return candidates;
  }
}
