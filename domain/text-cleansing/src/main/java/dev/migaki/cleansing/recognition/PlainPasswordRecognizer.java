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

  /** How odd a value must look. */
  private enum Oddness {
    /** A letter and a digit. */
    LOOSE,
    /** Longer than a name with its version. */
    MEDIUM,
    /** No name and no word. */
    STRONG,
    /** Four to eight digits, or a letter and a digit. */
    CODE
  }

  /**
   * Where a password stands, and how odd it must look there.
   *
   * @param needle text in lower case that every match contains; empty if none
   */
  private record Rule(String needle, Pattern pattern, Oddness oddness) {

    static Rule loose(String needle, String pattern) {
      return new Rule(needle, Pattern.compile(pattern), Oddness.LOOSE);
    }

    static Rule medium(String needle, String pattern) {
      return new Rule(needle, Pattern.compile(pattern), Oddness.MEDIUM);
    }

    static Rule strong(String needle, String pattern) {
      return new Rule(needle, Pattern.compile(pattern), Oddness.STRONG);
    }

    static Rule code(String needle, String pattern) {
      return new Rule(needle, Pattern.compile(pattern), Oddness.CODE);
    }
  }

  private static final String VALUE = "[\"'`]?([!-~]{4,64})";

  private static final List<Rule> RULES =
      List.of(
          Rule.loose(
              "",
              "(?:パスワード|パスコード|パスフレーズ|合言葉|(?<![a-z])(?:pw|pass))(?:は|が|を|[:=])? ?[「『]([^」』\\s]{4,40})[」』]"),
          Rule.loose("", "(?<![a-z0-9])(?:pw|pass)(?: ?[=:] ?|は)" + VALUE),
          Rule.loose("パスワード ", "パスワード " + VALUE),
          Rule.loose(
              "パス", "(?<![ぁ-んァ-ヶー一-龥a-z])パス ?[=:] ?[\"'`]?([!-~&&[^/\\\\]]{4,64})(?![/\\\\])"),
          Rule.loose(
              "/",
              "(?<![a-z])(?:id|user|login|アカウント|ログイン) ?/ ?(?:pw|pass|password|パスワード) ?[=:] ?[!-~]{1,40} ?/ ?"
                  + VALUE),
          Rule.loose(
              "pass",
              "\\bpass(?:word|phrase|code)s? (?:for|of|to|on) [^\\n.;:=]{2,40}?(?:(?: (?:is|was))?"
                  + "(?: now| still| currently)?[:=]| =| (?:is|was)(?: now| still| currently)?) ?"
                  + VALUE),
          Rule.medium("password ", "\\bpassword(?: (?:is|was))? (?:to|still|now) " + VALUE),
          Rule.medium(
              "(", "\\b(?:login|logon|log-in|credentials) ?\\( ?[^\\s()/]{2,40} ?/ ?" + VALUE),
          Rule.loose("password ", "\\blogin \\S{1,60} password " + VALUE),
          Rule.loose("bind", "\\bbind_?pw " + VALUE),
          Rule.loose("redis-cli", "\\bredis-cli [^\\n|;]{0,80}?(?<=\\s)-a " + VALUE),
          Rule.loose(
              "ldap", "\\bldap(?:search|modify|add|passwd) [^\\n|;]{0,120}?(?<=\\s)-w " + VALUE),
          Rule.loose(
              "login ",
              "\\b(?:docker|podman|helm|oc|az) [^\\n|;]{0,80}?login [^\\n|;]{0,80}?(?<=\\s)-p "
                  + VALUE),
          Rule.loose("net use", "\\bnet use [^\\n]{0,80}?/user:\\S{1,60} " + VALUE),
          Rule.loose(
              "echo ", "\\becho (?:-n )?" + VALUE + "[\"']? ?\\| ?(?:sudo -s|passwd|docker login)"),
          Rule.loose(
              "htpasswd",
              "\\bhtpasswd [^\\n|;]{0,40}?-[a-z]{0,4}b[a-z]{0,4} \\S{1,60} \\S{1,40} " + VALUE),
          Rule.loose(
              "auth",
              "auth ?(?:= ?)?\\( ?[\"'][^\"'\\n]{1,40}[\"'], ?[\"']([!-~&&[^\"']]{4,64})[\"']"),
          Rule.code(
              "code",
              "\\b(?:one-time|access|alarm|door|gate|entry|verification|login|unlock|otp)(?: access)? (?:pass)?code"
                  + "(?: (?:for|of|to) [^\\n.;:]{2,30}?)?(?:: ?| (?:is|was)(?: now)?:? )([0-9a-z-]{4,12})(?![0-9a-z-])"),
          Rule.loose(
              "-p", "\\b(?:mysql|mysqldump|mysqladmin|mariadb) [^\\n|;]{0,120}?(?<=\\s)-p" + VALUE),
          Rule.loose("sshpass", "\\bsshpass -p ?" + VALUE),
          Rule.strong(
              " / ", "(?:\\b(?:login|logon|credentials)|ログイン|アカウント) ?: ?\\S{2,40} / " + VALUE),
          Rule.strong("password ", "\\bpassword " + VALUE));

  private static final String KEY =
      "(?:(?:wi-?fi|wlan|wep|wpa[23]?|無線(?:lan)?|ネットワーク|暗号化|network(?: security)?)[ の]?(?:セキュリティ)?"
          + "(?:key|キー)|セキュリティキー|(?<![a-z])(?:wpa[23]?[-/ ])?psk)";

  /** Keys of wireless networks; digits alone do. */
  private static final List<Rule> WIRELESS =
      List.of(
          Rule.loose("", KEY + "(?: ?[=:] ?| ?は ?| is )" + VALUE),
          Rule.loose(
              "ssid",
              "(?<![a-z])ssid[^\\n]{1,48}?(?:\\n[^\\n]{0,24}?)?(?<![a-z])(?:key|キー|pass|パス) ?[=:] ?"
                  + VALUE));

  private static final List<String> CUES =
      List.of(
          "pass",
          "pw",
          "login",
          "logon",
          "log-in",
          "credentials",
          "パス",
          "合言葉",
          "ログイン",
          "アカウント",
          "-p",
          "code",
          "auth",
          "redis-cli",
          "ldap",
          "net use",
          "sudo");

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
      if (!lower.contains(rule.needle())) {
        continue;
      }
      Matcher matcher = rule.pattern().matcher(lower);
      while (matcher.find()) {
        int end = trimmed(lower, matcher.start(1), matcher.end(1));
        String value = text.folded().substring(matcher.start(1), end);
        if (isMadeUp(value) && isOdd(rule.oddness(), value)
            || rule.oddness() == Oddness.CODE && value.matches("\\d{4,8}")
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
    boolean digit = value.chars().anyMatch(c -> c >= '0' && c <= '9');
    return value.length() >= 4
        && (digit || hasSign(value) && isMixedCase(value) && value.length() >= 8)
        && value.chars().anyMatch(Character::isLetter)
        && !CredentialAssignment.isNoSecret(value)
        && !REQUIREMENT.matcher(value.toLowerCase(Locale.ROOT)).find()
        && !value.matches("[A-Z]+-?\\d+|[{<].*");
  }

  private static boolean hasSign(String value) {
    return value.chars().anyMatch(c -> "!@#$%^&*+?~".indexOf(c) >= 0);
  }

  private static boolean isMixedCase(String value) {
    return value.chars().anyMatch(Character::isUpperCase)
        && value.chars().anyMatch(Character::isLowerCase);
  }

  private static boolean isOdd(Oddness oddness, String value) {
    return switch (oddness) {
      case LOOSE, CODE -> true;
      case MEDIUM ->
          hasSign(value) && value.length() >= 6
              || value.length() >= 8 && value.chars().filter(c -> c >= '0' && c <= '9').count() > 1;
      case STRONG -> isStrong(value);
    };
  }

  /** A sign that names and versions do not hold, or capitals, small letters and digits mixed. */
  private static boolean isStrong(String value) {
    boolean sign = hasSign(value);
    boolean mixed = isMixedCase(value) && !value.matches("[A-Za-z._-]+[\\d.]+");
    boolean hyphened = value.matches("[a-z]{3,}(?:-[a-z]{3,})*-\\d{4,}");
    return value.length() >= 6 && (sign || value.length() >= 8 && (mixed || hyphened));
  }
}
