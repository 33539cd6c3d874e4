package dev.migaki.datasets.extraction;

import dev.migaki.datasets.Example;
import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Headings of manuals that do not ask: the question is made from the heading by its type (verb
 * phrase, 「…方法」, noun, warnings), the answer is the section. A heading that says nothing alone
 * ("Overview", 「手順」) takes the heading above it along, or is left out.
 */
final class HeadingTemplates implements ExtractionRule {
  private static final int LEAST_ANSWER_CHARACTERS = 15;
  private static final int MOST_HEADING_CHARACTERS = 80;

  private static final Pattern WARNING =
      Pattern.compile("(?i)(.*?)(ご注意|注意事項|注意点|注意|警告|禁止事項|warnings?|cautions?|precautions?)$");
  private static final Pattern JAPANESE_METHOD = Pattern.compile("^(.+)(方法|手順|やり方|仕方|使い方|流れ)$");
  private static final Pattern JAPANESE_VERB =
      Pattern.compile(
          "^(.+(?:する|できる|てみる|[\\p{IsHan}][うくぐすつぬぶむる]|[\\p{IsHan}][いきぎしちにびみりえけげせてねべめれ]る))(?:には|とき|場合)?$");

  /** Names of files, numbers, dates, amounts, counters: they name a place and no matter. */
  private static final Pattern NO_TOPIC =
      Pattern.compile(
          "(?i)[^\\s/]{1,60}\\.[a-z]{2,5}[0-9]?|.*\\S+\\.(txt|docx?|pdf|html?|rtf|emf|png|jpe?g|xlsx?|pptx?)"
              + "|(heading|section|subsection|chapter|subchapter|sheet|slide|page|part|version|シート|スライド|章|節|図|表)("
              + " level)?[ :]*[0-9.０-９]*|(例|example)\\s*[0-9０-９]+\\b.*|.*チェックリスト|[a-z]{2}:.*|case"
              + " [a-z0-9]\\b.*|test [0-9]+\\b.*|start|.*\\b(slide title|list"
              + " item).*|.*(・・・|…|;).*|.*。.+|(this|that|here|there|it) (is|are)\\b.*|(a|the)"
              + " heading|(\\S+ )*\\S (\\S"
              + " )+\\S*|.*[（(][^)）]*|(january|february|march|april|may|june|july|august|september|october|november|december)\\b["
              + " 0-9,]*"
              + "|.*[$¥€£]\\s?[0-9].*|[※*＊].*|[^\\p{L}]*|[\\x00-\\x7f]{0,3}|[a-z]|.*[|＝=]{2,}.*");

  /** The head of a table or a form that was taken for a heading. */
  private static final Pattern CAPITALS = Pattern.compile("[A-Z]{2,}(,? [A-Z]{2,}){3,}.*");

  private static final Pattern MARK =
      Pattern.compile("(?i)^[\\[［【](コラム|ES[0-9]{4}|エラー例|参考|補足|column|tip|note)[\\]］】]\\s*");
  private static final Pattern ACTION_NOUN =
      Pattern.compile("^[^はがの]{1,40}を[^はがのた]{1,40}[\\p{IsHan}]$");
  private static final Pattern VERB_STEM = Pattern.compile(".*を.*[みりきしちいげえけせめれび]$");
  private static final Pattern ANCHOR = Pattern.compile("\\s*\\{#[^}]*\\}\\s*$");
  private static final Pattern STEP =
      Pattern.compile("(?i)^(?:手順|ステップ|step)\\s*[0-9０-９]+\\s*[.．:：、)]\\s*");
  private static final Pattern SENTENCE =
      Pattern.compile(".*(ください|下さい|ましょう|ます|です|ません|ました|でした|ではない|したい|[、,])$");

  /** What happened to a customer, as an entry of an FAQ says it. */
  private static final Pattern TROUBLE =
      Pattern.compile(
          ".*(?:(?:て|で)しまい(?:ました|ます)|が(?:出|発生し|表示され)(?:ました|ます)|なくなりました|(?:に|を)失敗し(?:ました|ます)|を(?:見つけ|なくし|忘れ)ました|でき(?:ません|ませんでした))");

  private static final Pattern UNFINISHED =
      Pattern.compile(
          "(?i).*(に|へ|を|は|が|で|と|の|とき|ときは|前に|たら|なら|読みたい|ともに)$|(before|after|if|when|while|welcome|thank|thanks|for|in|on|at|to|with|what|how"
              + " we|why)\\b.*");

  /**
   * What a customer says, and no noun or action: "I cannot log in", "Saving a file gives an error".
   */
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?i)\\S+\\s.*\\b(?:is|are|was|were|gives|has|does|did|do not|don['’]t|doesn['’]t|didn['’]t|won['’]t|can['’]t|cannot|fails|failed|raises|returns|seems?)\\b\\s.*");

  private static final Pattern SAID =
      Pattern.compile(
          "(?i)(?:(?:i|i['’](?:m|ve|d)|my|we|our|it|they)\\s+\\S+|(?:give|tell|show)\\s+me)\\s.*");

  /** "Return policy", "Order status": the first word is no verb there. */
  private static final Pattern NOUN_PHRASE =
      Pattern.compile(
          "(?i)\\S+ (?:policy|policies|status|statuses|information|logs?|controls?|results|options|forms?|process"
              + "|fees?|dates?|times?|details|history|settings|numbers?|codes?|labels?|pages?|requests?|costs?|centers?|centres?"
              + "|keys?|notes|methods?|rights|levels?|types?|balance|management|tools?|support|limits?|permissions?|errors?)");

  private static final Pattern ENGLISH_HOW = Pattern.compile("(?i)^how to\\s+(.+)$");
  private static final Set<String> ENGLISH_VERBS =
      Set.of(
          ("access add allow apply activate ask assign attach avoid back book build buy call cancel change charge"
                  + " check choose clean clear close collect compare configure connect contact control convert copy"
                  + " create customize deactivate debug define delete deliver deploy detach distribute disable"
                  + " download edit enable enter exchange export find fix generate get give handle"
                  + " identify import integrate install invite join keep link log make manage merge migrate"
                  + " mount move open order organize pair pause pay place prepare print protect"
                  + " purchase read receive reactivate recover redeem refund register remove rename"
                  + " renew replace report request reset restart restore retrieve return revert review run"
                  + " save schedule search see select send set share specify sign start stop submit"
                  + " subscribe switch track transfer troubleshoot turn undo uninstall unlock unmount unsubscribe"
                  + " update upgrade upload use verify view write")
              .split(" "));

  /** "Mounting" to "mount": headings that name an action by its gerund. */
  private static final Map<String, String> GERUNDS = gerunds();

  private static Map<String, String> gerunds() {
    Map<String, String> gerunds = new HashMap<>();
    for (String verb : ENGLISH_VERBS) {
      String stem =
          verb.endsWith("e") && !verb.endsWith("ee") ? verb.substring(0, verb.length() - 1) : verb;
      gerunds.put(stem + "ing", verb);
      gerunds.put(stem + stem.charAt(stem.length() - 1) + "ing", verb);
    }
    return Map.copyOf(gerunds);
  }

  @Override
  public List<Candidate> apply(DocumentView document) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < document.size(); i++) {
      if (document.isTaken(i)
          || !(document.block(i) instanceof Block.Heading heading)
          || opensDocument(document, i)) {
        continue;
      }
      int end = i + 1;
      while (end < document.bodyEnd(i) && !document.isTaken(end) && isProse(document.block(end))) {
        end++;
      }
      String answer = SectionText.of(document, i + 1, end);
      if (answer.length() >= LEAST_ANSWER_CHARACTERS && TellingAnswer.tells(answer)) {
        Optional<String> question = question(document, i, heading);
        if (question.isPresent()) {
          candidates.add(Candidate.pair(Example.SECTION_RULE, question.get(), answer, i, end - 1));
          document.take(i, end - 1);
        }
      }
    }
    return candidates;
  }

  /** The title over everything: what follows it introduces the document and answers nothing. */
  private static boolean opensDocument(DocumentView document, int heading) {
    for (int i = 0; i < heading; i++) {
      if (document.block(i) instanceof Block.Heading) {
        return false;
      }
    }
    return document.bodyEnd(heading) < document.size()
        || document.isAnyTaken(heading + 1, document.size());
  }

  private static boolean isProse(Block block) {
    return block instanceof Block.Paragraph
        || block instanceof Block.ListItem
        || block instanceof Block.Code;
  }

  private static Optional<String> question(
      DocumentView document, int index, Block.Heading heading) {
    String topic = topic(heading.text()).replaceFirst("(?i)^about\\s+", "");
    if (NO_TOPIC.matcher(topic).matches()
        || CAPITALS.matcher(topic).matches()
        || VERB_STEM.matcher(topic).matches()
        || SENTENCE.matcher(topic).matches() && !TROUBLE.matcher(topic).matches()
        || JAPANESE_VERB.matcher(topic).matches() && topic.matches(".*[^でにと]は.*")
        || topic.length() > MOST_HEADING_CHARACTERS
        || HeadingWords.isSkipped(topic)
        || UNFINISHED.matcher(topic).matches()) {
      return Optional.empty();
    }
    boolean japanese = topic.codePoints().anyMatch(c -> c >= 0x3041 && c <= 0x9FFF);
    if (japanese && !document.language().equals("ja") && !hasKana(topic)) {
      // Chinese: no template of ours fits
      return Optional.empty();
    }
    boolean bareWord = topic.matches("[ァ-ヶー]{2,5}") && !document.headingPath(index).isEmpty();
    if (!bareWord && !HeadingWords.isHollow(topic)) {
      return Optional.of(japanese ? askJapanese(topic) : askEnglish(topic));
    }
    List<String> path = document.headingPath(index);
    String parent = path.isEmpty() ? document.title() : path.get(path.size() - 1);
    if (parent == null || topic(parent).isEmpty() || isHollow(parent)) {
      return Optional.empty();
    }
    if (topic.equalsIgnoreCase("general")) {
      return Optional.empty();
    }
    String above = topic(parent).replaceFirst("(について|とは)$", "");
    String joint = JAPANESE_VERB.matcher(above).matches() ? "ときの" : "の";
    return Optional.of(
        japanese
            ? askJapanese(above + joint + topic.replaceAll("^\\[|\\]$", ""))
            : askEnglish(
                "the " + topic.toLowerCase(Locale.ROOT) + " for " + lowerFirst(topic(parent))));
  }

  private static boolean hasKana(String text) {
    return text.codePoints().anyMatch(c -> c >= 0x3041 && c <= 0x30FF);
  }

  private static boolean isHollow(String heading) {
    return HeadingWords.isHollow(topic(heading));
  }

  private static String topic(String heading) {
    String bare = ANCHOR.matcher(QuestionShape.withoutNumbering(heading)).replaceFirst("");
    bare = MARK.matcher(bare).replaceFirst("");
    return STEP.matcher(bare).replaceFirst("").replaceAll("[:：。.]+$", "").strip();
  }

  private static String askJapanese(String topic) {
    if (TROUBLE.matcher(topic).matches()) {
      return topic + "。どうすればよいですか？";
    }
    Matcher warning = WARNING.matcher(topic);
    if (warning.matches()) {
      String about = warning.group(1).replaceAll("(に関する|についての|上の|時の|の)$", "");
      return about.isBlank() ? "注意することは何ですか？" : about + "で注意することは何ですか？";
    }
    if (JAPANESE_METHOD.matcher(topic).matches()) {
      return topic + "を教えてください。";
    }
    Matcher verb = JAPANESE_VERB.matcher(topic);
    boolean verbal =
        topic.matches(".*(?:する|てみる)")
            || topic.codePoints().anyMatch(c -> c >= 0x4E00 && c <= 0x9FFF);
    if (verb.matches() && verbal) {
      return verb.group(1) + "にはどうすればよいですか？";
    }
    if (ACTION_NOUN.matcher(topic).matches()) {
      return topic + "するにはどうすればよいですか？";
    }
    String about = topic.replaceAll("について$", "");
    return about + "について教えてください。";
  }

  private static String askEnglish(String heading) {
    String topic = heading.replaceFirst("(?i)^try (?=\\p{L}+ing\\b)", "");
    Matcher how = ENGLISH_HOW.matcher(topic);
    if (how.matches()) {
      return "How do I " + mine(lowerFirst(how.group(1))) + "?";
    }
    Matcher warning = WARNING.matcher(topic);
    if (warning.matches() && warning.group(1).isBlank()) {
      return "What should I be careful about?";
    }
    String first = topic.split("\\s+")[0].toLowerCase(Locale.ROOT);
    if (SAID.matcher(topic).matches()
        || !ENGLISH_VERBS.contains(first) && STATEMENT.matcher(topic).matches()) {
      return topic;
    }
    String verb = GERUNDS.get(first);
    if (verb != null && !topic.matches(".* and \\S+ing\\b.*") && topic.split("\\s+").length > 2) {
      return "How do I " + verb + " " + mine(topic.substring(first.length()).strip()) + "?";
    }
    if (ENGLISH_VERBS.contains(first)
        && topic.contains(" ")
        && !NOUN_PHRASE.matcher(topic).matches()) {
      return "How do I " + mine(lowerFirst(topic)) + "?";
    }
    return "What can you tell me about " + mine(lowerFirst(topic)) + "?";
  }

  private static String mine(String phrase) {
    return phrase.replaceAll("\\byour\\b", "my").replaceAll("\\byourself\\b", "myself");
  }

  /** Lower-cases the first letter unless the word is an acronym or looks like a name. */
  private static String lowerFirst(String phrase) {
    String first = phrase.split("\\s+")[0];
    boolean plain =
        first.length() > 1
            && first.substring(1).equals(first.substring(1).toLowerCase(Locale.ROOT));
    return plain && !first.matches(".*\\d.*") || first.equals("A")
        ? phrase.substring(0, 1).toLowerCase(Locale.ROOT) + phrase.substring(1)
        : phrase;
  }
}
