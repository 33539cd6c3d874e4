package dev.migaki.datasets.augmentation;

import dev.migaki.datasets.similarity.ContentTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Japanese question forms. What cannot be parsed is only wrapped, never rebuilt. */
final class JapaneseForms implements QuestionForms {
  private static final Pattern HOW_VERB =
      Pattern.compile(
          "^(.*[うくぐすつぬぶむる])(?:に)?は?、?(?:どう|どのように)(?:すれば|したら|やれば)?(?:よい|いい|良い)(?:のですか|ですか|でしょうか|の)?$");
  private static final Pattern METHOD =
      Pattern.compile(
          "^(.+?)(?:方法|手順|やり方|仕方)(?:は|(?:は|って)(?:何|なん|どう)(?:ですか|でしょうか|なりますか)|を(?:教えて|おしえて)(?:ください|下さい|ほしい)?|を知りたい(?:です)?|について教えてください)?$");
  private static final Pattern CAN =
      Pattern.compile("^(.+?)(?:すること)?(?:は|が|を|も)(?:でき(?:る|ます)|可能です|可能でしょう)か$");
  private static final Pattern TOPIC =
      Pattern.compile(
          "^(.+?)(?:について|に関して)?(?:を)?(?:教えて|おしえて)(?:ください|下さい|ほしいです|いただけますか)?$|^([^はがをでに]{2,40}?)は$");
  private static final Pattern TOPIC_QUESTION = Pattern.compile("^(.{2,40}?)は、?(.{2,}か)$");
  private static final Pattern VERB_END = Pattern.compile(".*[うくぐすつぬぶむる]$");

  /** Polite endings and their plain form inside a clause, the longest first. */
  private static final List<Map.Entry<Pattern, String>> CLAUSE_ENDINGS =
      List.of(
          ending("(?:の|ん)ですか", "のか"),
          ending("ますでしょうか|ますか(?=$)", "MASU"),
          ending("でしょうか", "か"),
          ending("ですか", "か"));

  private static final List<Map.Entry<Pattern, String>> VERB_ENDINGS =
      List.of(
          ending("(て|で)い", "$1いる"),
          ending("し", "する"),
          ending("(でき|出来|起き|降り|足り|過ぎ|借り)", "$1る"),
          ending("([えけせてねべめれげぜでぺ])", "$1る"),
          ending("き", "く"),
          ending("ぎ", "ぐ"),
          ending("り", "る"),
          ending("み", "む"),
          ending("び", "ぶ"),
          ending("ち", "つ"),
          ending("い", "う"));
  private static final List<Map.Entry<String, String>> SLIPS =
      List.of(
          Map.entry("ください", "くださ"),
          Map.entry("です", "でs"),
          Map.entry("ますか", "まうsか"),
          Map.entry("ー", ""),
          Map.entry("を", "お"),
          Map.entry("ょ", "よ"),
          Map.entry("ゅ", "ゆ"),
          Map.entry("っ", "つ"),
          Map.entry("は", "わ"),
          Map.entry("たい", "たお"),
          Map.entry("教えて", "教て"),
          Map.entry("方法", "報法"));

  @Override
  public List<Wording> of(String question, Family family) {
    String bare = question.strip().replaceAll("[?？。.!！\\s]+$", "");
    boolean asks = bare.endsWith("か") || question.strip().matches("(?s).*[?？]$");
    String sentence = bare + (asks ? "？" : "。");
    boolean oneSentence = !bare.matches("(?s).*[。！？!?\\n].*");
    Templates templates = new Templates(family == Family.TRAINING ? "ja-" : "ja-held-");
    if (family == Family.RESERVED) {
      templates.fill("prefix", sentence, "初めて連絡します。{}", "一点だけ伺います。{}", "{}お手数ですがご回答ください。");
    }
    if (oneSentence) {
      rebuild(templates, bare, family);
    }
    return templates.wordings();
  }

  private static void rebuild(Templates templates, String bare, Family family) {
    boolean training = family == Family.TRAINING;
    Optional<String> clause = clause(bare);
    clause.ifPresent(
        text -> templates.fill("indirect", text, training ? INDIRECT_TRAINING : INDIRECT_RESERVED));
    if (training) {
      clause
          .filter(text -> text.endsWith("か"))
          .ifPresent(text -> templates.fill("plain", text.substring(0, text.length() - 1), "{}？"));
      keywords(bare).ifPresent(words -> templates.fill("keywords", words, "{}"));
      if (bare.endsWith("ですか") && !bare.endsWith("のですか")) {
        templates.fill("soft", bare.substring(0, bare.length() - 3), "{}でしょうか？");
      }
    }
    Matcher topicQuestion = TOPIC_QUESTION.matcher(bare);
    if (topicQuestion.matches() && !topicQuestion.group(1).endsWith("に")) {
      String pattern = training ? "ですが、" : "についてなのですが、";
      templates.fill(
          "topic-first", topicQuestion.group(1) + pattern + topicQuestion.group(2), "{}？");
    }
    rebuildByKind(templates, bare, training);
  }

  private static void rebuildByKind(Templates templates, String bare, boolean training) {
    Matcher how = HOW_VERB.matcher(bare);
    Matcher method = METHOD.matcher(bare);
    Matcher can = CAN.matcher(bare);
    Matcher topic = TOPIC.matcher(bare);
    if (how.matches()) {
      templates.fill("how", how.group(1), training ? HOW_TRAINING : HOW_RESERVED);
    } else if (method.matches()) {
      templates.fill("method", method.group(1), training ? METHOD_TRAINING : METHOD_RESERVED);
      if (training && VERB_END.matcher(method.group(1)).matches()) {
        templates.fill("method-how", method.group(1), "{}にはどうすればいいですか？");
      }
    } else if (can.matches()) {
      templates.fill("can", can.group(1), training ? CAN_TRAINING : CAN_RESERVED);
    } else if (topic.matches()) {
      String about = topic.group(1) != null ? topic.group(1) : topic.group(2);
      templates.fill("topic", about, training ? TOPIC_TRAINING : TOPIC_RESERVED);
    }
  }

  private static final String[] INDIRECT_TRAINING = {
    "{}教えてください。", "{}知りたいです。", "{}を確認したいのですが。", "すみませんが、{}教えていただけますか？", "{}教えて"
  };
  private static final String[] INDIRECT_RESERVED = {
    "{}ご存じでしょうか？", "{}お聞かせください。", "{}気になっています。", "{}調べているところです。"
  };
  private static final String[] HOW_TRAINING = {
    "{}方法を教えてください。", "{}方法は？", "{}にはどうしたらいいですか？", "{}手順を知りたいです。", "{}には？"
  };
  private static final String[] HOW_RESERVED = {
    "{}やり方を説明してもらえますか？", "{}ためには何をすればいいでしょうか？", "{}にはまず何から始めますか？"
  };
  private static final String[] METHOD_TRAINING = {
    "{}方法は？", "{}方法を知りたいです。", "{}手順を教えてください。", "{}方法を教えてもらえますか？"
  };
  private static final String[] METHOD_RESERVED = {
    "{}やり方を説明してもらえますか？", "{}やり方で困っています。", "{}流れはどうなっていますか？"
  };
  private static final String[] CAN_TRAINING = {
    "{}は可能ですか？", "{}はできる？", "{}ができるか教えてください。", "{}を希望していますが、可能でしょうか？"
  };
  private static final String[] CAN_RESERVED = {
    "{}の可否を教えてください。", "{}は受け付けていますか？", "{}をお願いしても大丈夫ですか？"
  };
  private static final String[] TOPIC_TRAINING = {
    "{}を教えてください。", "{}について知りたいです。", "{}は？", "{}について質問です。", "{}について説明してください。", "{}"
  };
  private static final String[] TOPIC_RESERVED = {
    "{}について詳しく聞かせてもらえますか？", "{}に関する情報がほしいです。", "{}の件で伺いたいのですが。"
  };

  /** 「…はいくらですか」 as a clause: 「…はいくらか」; empty where the verb's plain form is unsure. */
  static Optional<String> clause(String bare) {
    for (Map.Entry<Pattern, String> ending : CLAUSE_ENDINGS) {
      Matcher matcher = ending.getKey().matcher(bare);
      if (!matcher.find()) {
        continue;
      }
      String stem = bare.substring(0, matcher.start());
      return ending.getValue().equals("MASU")
          ? plainVerb(stem).map(verb -> verb + "か")
          : Optional.of(stem + ending.getValue());
    }
    return bare.endsWith("とは") ? Optional.of(bare + "何か") : Optional.empty();
  }

  private static Optional<String> plainVerb(String stem) {
    for (Map.Entry<Pattern, String> ending : VERB_ENDINGS) {
      Matcher matcher = ending.getKey().matcher(stem);
      if (matcher.find()) {
        return Optional.of(matcher.replaceFirst(ending.getValue()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> keywords(String bare) {
    List<String> words = new ArrayList<>(ContentTerms.inOrder(bare));
    Matcher asked = Pattern.compile("いくら|いつまで|いつ|どこ|誰|なぜ|どのくらい|どれくらい|何[^\\s]").matcher(bare);
    if (asked.find() && !words.contains(asked.group())) {
      words.add(asked.group());
    } else if (bare.contains("どうすれば") || bare.contains("方法")) {
      words.add("方法");
    }
    boolean removed = words.stream().anyMatch(word -> word.startsWith("<"));
    return words.size() < 2 || removed ? Optional.empty() : Optional.of(String.join(" ", words));
  }

  @Override
  public String withTypo(String question, long seed) {
    List<String> slipped = new ArrayList<>();
    for (Map.Entry<String, String> slip : SLIPS) {
      int at = question.indexOf(slip.getKey());
      if (at > 0) {
        slipped.add(
            question.substring(0, at)
                + slip.getValue()
                + question.substring(at + slip.getKey().length()));
      }
    }
    return slipped.isEmpty()
        ? question
        : slipped.get((int) Long.remainderUnsigned(seed, slipped.size()));
  }

  private static Map.Entry<Pattern, String> ending(String pattern, String replacement) {
    return Map.entry(Pattern.compile("(?:" + pattern + ")$"), replacement);
  }
}
