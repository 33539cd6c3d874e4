package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passwords as people hand them on: 「さくら1234」 in quotes, "ID/PW = a / b", "Login: a / b", "the
 * password for the router is …", on command lines.
 *
 * <p>The words before prove little here, so that the value must look made up: digits or signs among
 * letters.
 */
final class PlainPasswordRecognizer implements Recognizer {

  /** Where a password stands, and how odd it must look there. */
  private record Rule(Pattern pattern, boolean strong) {

    static Rule loose(String pattern) {
      return new Rule(Pattern.compile(pattern), false);
    }

    static Rule strong(String pattern) {
      return new Rule(Pattern.compile(pattern), true);
    }
  }

  private static final String VALUE = "[\"'`]?([!-~]{4,64})";

  private static final List<Rule> RULES =
      List.of(
          Rule.loose(
              "(?:パスワード|パスコード|パスフレーズ|合言葉|(?<![a-z])(?:pw|pass))(?:は|が|を|[:=])? ?[「『]([^」』\\s]{4,40})[」』]"),
          Rule.loose("(?<![a-z0-9])(?:pw|pass)(?: ?[=:] ?|は)" + VALUE),
          Rule.loose("パスワード " + VALUE),
          Rule.loose("(?<![ぁ-んァ-ヶー一-龥a-z])パス ?[=:] ?[\"'`]?([!-~&&[^/\\\\]]{4,64})(?![/\\\\])"),
          Rule.loose(
              "(?<![a-z])(?:id|user|login|アカウント|ログイン) ?/ ?(?:pw|pass|password|パスワード) ?[=:] ?[!-~]{1,40} ?/ ?"
                  + VALUE),
          Rule.loose("\\bpassword (?:for|of|to) [^\\n.;:]{2,40}? (?:is|was):? " + VALUE),
          Rule.loose(
              "\\b(?:mysql|mysqldump|mysqladmin|mariadb) [^\\n|;]{0,120}?(?<=\\s)-p" + VALUE),
          Rule.loose("\\bsshpass -p ?" + VALUE),
          Rule.strong("(?:\\b(?:login|logon|credentials)|ログイン|アカウント) ?: ?\\S{2,40} / " + VALUE),
          Rule.strong("\\bpassword " + VALUE));

  private static final String KEY =
      "(?:(?:wi-?fi|wlan|wep|wpa[23]?|無線(?:lan)?|ネットワーク|暗号化|network(?: security)?)[ の]?(?:セキュリティ)?"
          + "(?:key|キー)|セキュリティキー|(?<![a-z])(?:wpa[23]?[-/ ])?psk)";

  /** Keys of wireless networks; digits alone do. */
  private static final List<Rule> WIRELESS =
      List.of(
          Rule.loose(KEY + "(?: ?[=:] ?| ?は ?| is )" + VALUE),
          Rule.loose(
              "(?<![a-z])ssid[^\\n]{1,48}?(?:\\n[^\\n]{0,24}?)?(?<![a-z])(?:key|キー|pass|パス) ?[=:] ?"
                  + VALUE));

  private static final List<String> CUES =
      List.of("pass", "pw", "login", "logon", "credentials", "パス", "合言葉", "ログイン", "アカウント", "-p");

  /** What a rule for passwords says, and no password. */
  private static final Pattern REQUIREMENT =
      Pattern.compile(
          "文字|桁|以上|以内|以下|英数|半角|全角|ページ|画面|変更|再設定|ボタン|設定|手順|char|digit|minute|hour|day|letter|symbol|encoded|://|\\(");

  @Override
  public String name() {
    return "plain-password";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasDigit()) {
      return;
    }
    if (CUES.stream().anyMatch(text.lower()::contains)) {
      apply(RULES, text, false, findings);
    }
    if (text.cues().has(Cue.WIRELESS)) {
      apply(WIRELESS, text, true, findings);
    }
  }

  /**
   * @param digits whether eight digits or more are a key, too
   */
  private static void apply(
      List<Rule> rules, ScannedText text, boolean digits, Consumer<Finding> findings) {
    String lower = text.lower();
    for (Rule rule : rules) {
      Matcher matcher = rule.pattern().matcher(lower);
      while (matcher.find()) {
        int end = trimmed(lower, matcher.start(1), matcher.end(1));
        String value = text.folded().substring(matcher.start(1), end);
        if (isMadeUp(value) && (!rule.strong() || isStrong(value))
            || digits && value.matches("\\d{8,63}")) {
          findings.accept(
              new Finding(FindingType.PASSWORD, matcher.start(1), end, 0.8, "plain-password"));
        }
      }
    }
  }

  private static int trimmed(String lower, int start, int end) {
    int stop = end;
    while (stop > start && ".,;:)\"'`?".indexOf(lower.charAt(stop - 1)) >= 0) {
      stop--;
    }
    return stop;
  }

  private static boolean isMadeUp(String value) {
    return value.length() >= 4
        && value.chars().anyMatch(c -> c >= '0' && c <= '9')
        && value.chars().anyMatch(Character::isLetter)
        && !CredentialAssignment.isNoSecret(value)
        && !REQUIREMENT.matcher(value.toLowerCase(Locale.ROOT)).find()
        && !value.matches("[A-Z]+-?\\d+|[%{<].*");
  }

  /** A sign that names and versions do not hold, or capitals, small letters and digits mixed. */
  private static boolean isStrong(String value) {
    boolean sign = value.chars().anyMatch(c -> "!@#$%^&*+?~".indexOf(c) >= 0);
    boolean mixed =
        value.chars().anyMatch(Character::isUpperCase)
            && value.chars().anyMatch(Character::isLowerCase)
            && !value.matches("[A-Za-z._-]+[\\d.]+");
    boolean hyphened = value.matches("[a-z]{3,}(?:-[a-z]{3,})*-\\d{4,}");
    return value.length() >= 6 && (sign || value.length() >= 8 && (mixed || hyphened));
  }
}
