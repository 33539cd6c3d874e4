package dev.migaki.datasets.extraction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes off what people write around a question or an answer: greetings, thanks, signatures. */
final class Courtesy {
  private static final String NAME = "(?:<[A-Z_]+_[0-9a-f]+>|[\\p{L} .'-]{1,40})";
  private static final Pattern GREETING =
      Pattern.compile(
          "(?i)^\\s*(?:(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))(?: there| all| team| support| support team| customer service| "
              + NAME
              + ")?\\s*[,.!:-]*"
              + "|(?:いつも|平素より|大変|毎度)*(?:大変)?お世話に(?:なって(?:おります|います)|なります)[。.]?|こんにちは[。！!]?|こんばんは[。！!]?|おはようございます[。！!]?|はじめまして[。！!]?|ご担当者?様|関係者各位"
              + "|(?:.{0,30}\\s)?(?:<[A-Z_]+_[0-9a-f]+>|[\\p{IsHan}]{1,6})\\s*(?:様|さん|御中|殿)[、。,]?"
              + "|(?:お問い?合わせ|ご連絡|ご質問|ご利用|お電話)(?:を)?(?:いただき|頂き|くださり)?(?:、)?(?:誠に|まことに)?ありがとうございます[。！!]?"
              + "|(?:thank you|thanks)(?: very much| so much)? for (?:contacting|reaching out|your (?:message|question|e-?mail|inquiry|interest|call|patience))[^.!]{0,40}[.!]?"
              + "|.{0,40}(?:でございます|と申します)[。.]|(?:this is|my name is) "
              + NAME
              + "[^.!?]{0,40}[.!])\\s*$");
  private static final Pattern GREETING_SENTENCE =
      Pattern.compile(
          "(?i)^\\s*(?:(?:(?:hi|hello|hey)(?: there| team)?|good (?:morning|afternoon|evening))\\s*[,.!]+\\s*"
              + "|(?:いつも)?お世話になって(?:おります|います)[。.]\\s*|(?:こんにちは|こんばんは|おはようございます|はじめまして|すみません|恐れ入ります)[、。！!]\\s*"
              + "|(?:お問い?合わせ|ご連絡|ご質問)(?:を)?(?:いただき|頂き|くださり)?、?(?:誠に)?ありがとうございます[。！!]\\s*"
              + "|(?:thank you|thanks)(?: very much| so much)? for (?:contacting|reaching out|asking|your (?:message|question|e-?mail|inquiry))[^.!]{0,40}[.!]\\s*)(?=\\S)");
  private static final Pattern SIGN_OFF =
      Pattern.compile(
          "(?i)^\\s*(?:--+|__+|==+|[-─━＝=*]{4,}|(?:best|kind|warm)(?: regards| wishes)[,.]?|regards[,.]?|sincerely(?: yours)?[,.]?|yours (?:sincerely|faithfully|truly)[,.]?"
              + "|cheers[,.!]?|以上(?:です|、?よろしくお願い(?:いた|致)?します)?[。.]?|敬具|sent from my .*)\\s*$");
  private static final Pattern CLOSING =
      Pattern.compile(
          "(?i)^\\s*(?:(?:(?:many )?thanks|thank you)(?: in advance| again| very much| so much| for your help)?[,.! ]*"
              + "|(?:どうぞ|何卒)?(?:よろしく|宜しく)(?:お願い|御願い)(?:いたし|致し|し)?(?:ます|申し上げます)[。.]?|(?:どうも)?ありがとうございま(?:す|した)[。！!]?"
              + "|また(?:いつでも|何かありましたら)?、?ご(?:連絡|相談|利用)ください(?:ませ)?[。！!]?|(?:今後とも|引き続き).{0,30}(?:ます|ません)[。.]?|(?:ご不明|他に|その他|また何か).{0,40}(?:ください|下さい|ませ|ます)[。.]?"
              + "|(?:you'?re|you are) (?:very |most )?welcome[,.! ]*.{0,40}|(?:have a (?:nice|great|good) (?:day|one|weekend)|take care|bye|goodbye)[^a-z]*.{0,20}"
              + "|(?:is there )?anything else (?:i can|we can)?.{0,40}|(?:please )?(?:let (?:me|us) know|feel free|don'?t hesitate).{0,60}(?:questions?|help|else|contact us|ask)[.! ]*"
              + "|どういたしまして[。！!]?|(?:また|引き続き)?のご利用を.{0,20}|(?:great|perfect|ok|okay|i see|got it|understood|sure|will do)[,.! ]*(?:thanks?(?: you)?[a-z ]*)?[.! ]*"
              + "|(?:わかりました|分かりました|了解(?:です|しました)|承知(?:しました|いたしました)|かしこまりました|なるほど|助かりました|助かります)[。！!、]?(?:ありがとうございま(?:す|した)[。！!]?)?)\\s*$");
  private static final Pattern WAITING =
      Pattern.compile(
          "(?i)^\\s*(?:(?:少々|しばらく|少し)お待ち(?:ください|下さい|くださいませ)(?:ませ)?[。.]?|(?:ただ今|ただいま|今)?(?:お?調べ|確認)(?:いた)?します(?:ので.{0,20})?[。.]?"
              + "|(?:one|just a) (?:moment|second|minute)(?: please)?[,.! ]*(?:let me .{0,40})?|let me (?:check|look|see|find).{0,50}[.!]|please (?:wait|hold(?: on)?).{0,30}[.!]?"
              + "|(?:how|what) (?:can|may) (?:i|we) (?:help|assist|do for)(?: you)?.{0,20}\\?"
              + "|.{0,12}(?:ご用件|ご質問|お困り|お手伝い).{0,20}(?:か|ください|下さい)[。？?]?|.{0,24}(?:サポート|窓口|センター|係|担当)(?:です|でございます)[。.]?"
              + "|(?:sure|of course|certainly|happy to help|i(?:'d| would) be happy to help)[^.?]{0,30}[.!])\\s*$");

  /** "I am …, phone …": who asks, not what; recognised by what was removed from it. */
  private static final Pattern INTRODUCTION =
      Pattern.compile(
          "(?i)^(?=.*<[A-Z][A-Z_]*_[0-9a-f]+>)(?=.*(?:i am|i'm|my name|phone|mail|reach me|call me|です|と申します|電話|連絡先|住所))[^?？]{1,120}$");

  private static final Pattern QUOTE =
      Pattern.compile(
          "(?i)^\\s*(?:>.*|[-_]{2,}\\s*(?:original message|forwarded message|転送メッセージ|元のメッセージ|Original Message).*|on .{5,80} wrote:|.{5,60}(?:のメール|が書きました|wrote)[:：]?)\\s*$");
  private static final Pattern SENTENCE_END =
      Pattern.compile("(?<=[。！？!?])\\s*|(?<=[a-z0-9)][.])\\s+(?=[A-Z])");

  private Courtesy() {}

  /** What the customer asks, without greeting, thanks and signature. */
  static String questionOf(String text) {
    return strip(text, false);
  }

  /** What the agent answers, without greeting, waiting phrases and signature. */
  static String answerOf(String text) {
    return strip(text, true);
  }

  private static String strip(String text, boolean agent) {
    List<String> lines = new ArrayList<>(body(text));
    while (!lines.isEmpty() && isLead(lines.get(0))) {
      lines.remove(0);
    }
    while (!lines.isEmpty() && isTail(lines.get(lines.size() - 1))) {
      lines.remove(lines.size() - 1);
    }
    if (lines.isEmpty()) {
      return "";
    }
    lines.set(0, GREETING_SENTENCE.matcher(lines.get(0)).replaceFirst(""));
    return lines.stream()
        .map(line -> sentences(line, agent))
        .filter(line -> !line.isBlank())
        .collect(Collectors.joining("\n"))
        .strip();
  }

  private static List<String> body(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (SIGN_OFF.matcher(line).matches() && !lines.isEmpty()) {
        break;
      }
      if (!QUOTE.matcher(line).matches()) {
        lines.add(line.strip());
      }
    }
    return lines;
  }

  /** Drops sentences of pure courtesy at either end of a line. */
  private static String sentences(String line, boolean agent) {
    List<String> sentences = new ArrayList<>(Arrays.asList(SENTENCE_END.split(line)));
    while (!sentences.isEmpty() && isEmptyTalk(sentences.get(0), agent)) {
      sentences.remove(0);
    }
    while (!sentences.isEmpty() && isEmptyTalk(sentences.get(sentences.size() - 1), agent)) {
      sentences.remove(sentences.size() - 1);
    }
    if (sentences.isEmpty()) {
      return "";
    }
    int start = line.indexOf(sentences.get(0));
    String last = sentences.get(sentences.size() - 1);
    return line.substring(start, line.lastIndexOf(last) + last.length()).strip();
  }

  private static boolean isEmptyTalk(String sentence, boolean agent) {
    return GREETING.matcher(sentence).matches()
        || CLOSING.matcher(sentence).matches()
        || agent && WAITING.matcher(sentence).matches()
        || !agent && INTRODUCTION.matcher(sentence).matches();
  }

  private static boolean isLead(String line) {
    return line.isBlank() || GREETING.matcher(line).matches();
  }

  private static boolean isTail(String line) {
    return line.isBlank() || CLOSING.matcher(line).matches();
  }
}
