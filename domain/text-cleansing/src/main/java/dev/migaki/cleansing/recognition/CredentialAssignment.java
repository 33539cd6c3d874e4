package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets that only the words before them betray: {@code api_key = …}, "password is …", 「パスワードは…」,
 * command lines and HTTP headers.
 */
final class CredentialAssignment implements Recognizer {

  private static final List<String> KEYS =
      List.of(
          "api_key",
          "apikey",
          "api-key",
          "api key",
          "apiキー",
          "apiトークン",
          "secret",
          "token",
          "access_key",
          "access key",
          "accesskey",
          "auth_key",
          "private_key",
          "privatekey",
          "account_key",
          "accountkey",
          "service_key",
          "shared_key",
          "symmetric_key",
          "client_secret",
          "credential",
          "シークレット",
          "トークン",
          "アクセスキー",
          "秘密鍵",
          "encryption_key",
          "signing_key",
          "license key",
          "licence key",
          "ライセンスキー",
          "sourcegraph");
  private static final List<String> PASSWORDS =
      List.of(
          "password",
          "passwd",
          "passcode",
          "passphrase",
          "pwd",
          "パスワード",
          "パスコード",
          "暗証番号",
          "pin code",
          "pin番号",
          "pin:",
          "pin is",
          "pinコード",
          "合言葉",
          "パスフレーズ",
          "pass:",
          "pw:",
          "pass :",
          "pw :");
  private static final KeywordMatcher KEY_MATCHER = KeywordMatcher.of(KEYS);
  private static final KeywordMatcher PASSWORD_MATCHER = KeywordMatcher.of(PASSWORDS);

  /** key … [:=] value: what programs and configuration files write. */
  private static final Pattern KEY_VALUE =
      Pattern.compile(
          "[A-Za-z0-9_.-]{0,24}[\"']?\\]?[ \\t]{0,6}(?::=|=>|=|:|\\bis\\b|は|->)[ \\t]{0,6}(?:[\"'`「『]|\\\\\")?([A-Za-z0-9_.=+/~!@#%^&*-]{8,200})(?=[\"'`」』\\s,;)}\\]。、<&]|$|です|\\\\)");

  private static final Pattern PASSWORD_VALUE =
      Pattern.compile(
          "(?:>(?=[^<>\\s]{1,64}</)|[A-Za-z0-9_]{0,12}[\"']?[ \\t]{0,4}(?:\\([^)\\n]{0,20}\\))?[ \\t]{0,4}(?::=|=>|=|:|->)[ \\t]{0,4}"
              + "|[ ]?(?:is|was)(?: now| currently| set to)?[: ]{1,2}|[ ]?(?:to|as) (?=[\"'`])"
              + "|(?:番号)?(?:は|が|を|に)[、 ]?|[ ]?[「『(][ ]?)"
              + "([\"'`「『(]?)([!-~]{3,64}?)(?=[\"'`」』)]|</|[\\s,;。、]|です|でし|に(?!は)|と(?!は)|で|を|$)");

  private static final Pattern COMMAND_LINE =
      Pattern.compile(
          "(?:\\s-u|--user|--proxy-user)[= ]{0,2}[\"']?([^\\s:\"'$<>\\[{]{1,60}|\\{[^\\s:\"'${}]{8,60}\\}\"?):(?!//)[\"']?(\\{?[^\\s\"']{3,80})");

  /** An API key for a user name and no password, as several services ask for it. */
  private static final Pattern KEY_AS_USER =
      Pattern.compile("(?:\\s-u|--user)[= ]{0,2}[\"']?([^\\s:\"'$<>\\[{]{10,80}):(?=[\"'\\s]|$)");

  private static final Pattern HEADER =
      Pattern.compile(
          "(?i)(?:authorization|x-[a-z-]{0,24}(?:key|token)|(?:api|auth|access)?-?token|api-?key)\"?'?: ?[\"']?(?:(?:bearer|basic|token|api-token|apikey) )?([A-Za-z0-9_~+/.=@-]{8,400})");

  /** Forms that their own rule judges. */
  private static final Pattern OWNED =
      Pattern.compile("xox|gh[pousr]_|glpat|sk-ant|dapi|AKIA|AIza|pypi-|eyJ|SG\\.|hvs\\.");

  private static final Pattern MIXED_RUN =
      Pattern.compile("(?=[A-Za-z+/]*\\d)(?=[0-9+/]*[A-Za-z])[A-Za-z0-9+/]{8}");

  private static final Set<String> ORDINARY =
      Set.of(
          "password",
          "passwd",
          "username",
          "null",
          "none",
          "true",
          "false",
          "required",
          "string",
          "secret",
          "token",
          "changeme",
          "admin",
          "user",
          "pass",
          "test",
          "here",
          "your",
          "yours",
          "not",
          "the",
          "and",
          "must",
          "should",
          "optional",
          "example",
          "hidden",
          "input",
          "text",
          "default",
          "undefined",
          "redacted",
          "value",
          "env",
          "test:test",
          "incorrect",
          "correct",
          "wrong",
          "expired",
          "invalid",
          "reset",
          "valid",
          "case-sensitive",
          "strong",
          "weak",
          "stored",
          "encrypted",
          "sent",
          "set",
          "blank",
          "empty",
          "missing",
          "forgotten",
          "protected",
          "stale",
          "safe",
          "saved",
          "shown",
          "yyy",
          "abc",
          "digest");

  @Override
  public String name() {
    return "credential";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    String folded = text.folded();
    Matcher key = KEY_VALUE.matcher(folded);
    KEY_MATCHER.scan(
        text.lower(),
        (start, end, keyword) -> {
          key.region(end, Math.min(folded.length(), end + 260));
          if (key.lookingAt() && isRandom(key.group(1)) && !namesNoSecret(folded, start, key)) {
            add(findings, FindingType.API_KEY, key, 1, 0.75, "key-assignment");
          }
        });
    Matcher password = PASSWORD_VALUE.matcher(folded);
    PASSWORD_MATCHER.scan(
        text.lower(),
        (start, end, keyword) -> {
          boolean colon = folded.charAt(end - 1) == ':' || folded.startsWith("is", end - 2);
          password.region(
              colon ? end - (folded.charAt(end - 1) == ':' ? 1 : 3) : end,
              Math.min(folded.length(), end + 110));
          if (password.lookingAt()) {
            plainPassword(text, password, PASSWORDS.get(keyword), findings);
          }
        });
    if (text.lower().contains("curl") || text.lower().contains("wget")) {
      commandLine(folded, findings);
    }
    if (folded.indexOf(':') >= 0
        && (text.lower().contains("token")
            || text.lower().contains("key")
            || text.lower().contains("authorization"))) {
      headers(folded, findings);
    }
  }

  /** publicToken, credentialsId, keyLength, csrf-token: fields that hold no secret. */
  private static boolean namesNoSecret(String folded, int start, Matcher key) {
    String before = folded.substring(Math.max(0, start - 8), start).toLowerCase(Locale.ROOT);
    String after = folded.substring(key.start(), key.start(1)).toLowerCase(Locale.ROOT);
    String[] words = after.split("[^a-z]+");
    boolean harmless = false;
    for (String word : words) {
      harmless |=
          word.matches(
              "s?(?:ids?|names?|length|type|url|uri|size|path|file|version|count|limit|expiry|endpoint|field|header)");
    }
    return harmless
        || before.endsWith("public")
        || before.endsWith("csrf-")
        || before.endsWith("csrf_")
        || before.endsWith("public_");
  }

  private static void commandLine(String folded, Consumer<Finding> findings) {
    Matcher matcher = COMMAND_LINE.matcher(folded);
    while (matcher.find()) {
      String password = matcher.group(2);
      if (isGeneratedInBraces(password)
          || !isNoSecret(password) && !ORDINARY.contains(password.toLowerCase(Locale.ROOT))) {
        add(findings, FindingType.PASSWORD, matcher, 2, 0.9, "command-line");
      }
    }
    Matcher user = KEY_AS_USER.matcher(folded);
    while (user.find()) {
      if (isGenerated(user.group(1))) {
        add(findings, FindingType.API_KEY, user, 1, 0.9, "command-line");
      }
    }
  }

  /** Braces mark a template, but a generated value inside them is what was filled in. */
  private static boolean isGeneratedInBraces(String value) {
    return value.startsWith("{")
        && value.endsWith("}")
        && isGenerated(value.substring(1, value.length() - 1));
  }

  /** Capitals, small letters and several digits among each other: no name and no word. */
  private static boolean isGenerated(String value) {
    return value.length() >= 10
        && value.chars().filter(c -> c >= '0' && c <= '9').count() >= 3
        && value.chars().anyMatch(Character::isUpperCase)
        && value.chars().anyMatch(Character::isLowerCase)
        && Entropy.bitsPerCharacter(value) >= 3
        && !Entropy.isDummy(value);
  }

  private static void headers(String folded, Consumer<Finding> findings) {
    Matcher matcher = HEADER.matcher(folded);
    while (matcher.find()) {
      String value = matcher.group(1);
      if (!isNoSecret(value)
          && !isNamed(value)
          && !Entropy.isCounting(value)
          && Entropy.bitsPerCharacter(value) > 2.8
          && hasDigit(value)) {
        add(findings, FindingType.API_KEY, matcher, 1, 0.85, "http-header");
      }
    }
  }

  private static void plainPassword(
      ScannedText text, Matcher match, String keyword, Consumer<Finding> findings) {
    String value = match.group(2);
    boolean quoted = !match.group(1).isEmpty();
    boolean code =
        keyword.contains("暗証番号")
            || keyword.startsWith("pin")
            || keyword.equals("パスコード")
            || keyword.equals("passcode");
    String lower = value.toLowerCase(Locale.ROOT);
    boolean parameter = match.group().indexOf('(') >= 0 && value.endsWith(":");
    if (isNoSecret(value) || ORDINARY.contains(lower) || value.contains("://") || parameter) {
      return;
    }
    boolean digits = hasDigit(value);
    boolean letters = value.chars().anyMatch(Character::isLetter);
    boolean symbols = value.chars().anyMatch(c -> "!@#$%^&*+?~".indexOf(c) >= 0);
    int end = match.end(2);
    boolean counter = digits && !letters && !symbols && "文字桁回分日秒字つ個件%年".indexOf(text.at(end)) >= 0;
    String rest = text.lower().substring(end, Math.min(text.length(), end + 12)).strip();
    counter |=
        digits
            && !letters
            && (rest.startsWith("char")
                || rest.startsWith("digit")
                || rest.startsWith("minute")
                || rest.startsWith("day"));
    if (counter || value.length() < 4) {
      return;
    }
    boolean mixed = digits && letters || symbols && (letters || digits) || hasInnerUpper(value);
    boolean plausible =
        mixed
            || quoted && value.length() >= 6 && !EnglishNames.WORDS.contains(lower)
            || digits && (code || value.length() >= 6)
            || isWordSecret(match, lower);
    if (plausible) {
      add(findings, FindingType.PASSWORD, match, 2, mixed ? 0.9 : 0.75, "password");
    }
  }

  /**
   * "password: hunter": a colon or equals sign directly before one word that is no ordinary one.
   */
  private static boolean isWordSecret(Matcher match, String lower) {
    String before = match.group().substring(0, match.start(2) - match.start());
    return (before.contains(":") || before.contains("="))
        && lower.length() >= 5
        && lower.chars().allMatch(c -> c >= 'a' && c <= 'z')
        && !EnglishNames.WORDS.contains(lower);
  }

  private static boolean hasInnerUpper(String value) {
    return value.length() >= 8
        && value.substring(1).chars().anyMatch(Character::isUpperCase)
        && value.chars().anyMatch(Character::isLowerCase)
        && value.indexOf('.') < 0
        && value.indexOf('(') < 0
        && value.indexOf('_') < 0;
  }

  private static boolean hasDigit(String value) {
    return value.chars().anyMatch(c -> c >= '0' && c <= '9');
  }

  /** Random enough for a key: letters and digits mixed, no path, no version, no code. */
  private static boolean isRandom(String value) {
    if (isNoSecret(value) || !hasDigit(value) || value.chars().noneMatch(Character::isLetter)) {
      return false;
    }
    if (value.contains("://")
        || value.startsWith("/")
        || value.matches("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        || value.matches("[\\d.:TZ/-]+")
        || isNamed(value)
        || Entropy.isCounting(value)) {
      return false;
    }
    if (OWNED.matcher(value).lookingAt() || !MIXED_RUN.matcher(value).find()) {
      return false;
    }
    return Entropy.bitsPerCharacter(value) >= (value.length() >= 20 ? 3.2 : 2.9);
  }

  /** Words with a number at most, a dotted name, a library with its version: names of things. */
  private static boolean isNamed(String value) {
    return value.matches("[A-Za-z_.-]+\\d{0,4}")
        || value.matches("(?:[A-Za-z]+[._-])+[A-Za-z0-9]{1,8}")
        || value.matches("[A-Za-z]+(?:[._-][A-Za-z0-9]+)*[._-]\\d+(?:\\.\\d+)+");
  }

  /** Templates, variables, masks and words that stand for a secret without being one. */
  static boolean isNoSecret(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return Entropy.isDummy(value)
        || lower.equals("password")
        || lower.equals("pass")
        || lower.equals("token")
        || lower.equals("secret")
        || lower.equals("yyy")
        || lower.equals("xxx")
        || lower.startsWith("[")
        || lower.startsWith("$")
        || lower.startsWith("(")
        || lower.matches("![a-z]+")
        || lower.startsWith("os.")
        || lower.startsWith("process.env")
        || lower.startsWith("getenv")
        || value.chars().distinct().count() < 2
        || value
            .chars()
            .allMatch(c -> c == '*' || c == 'x' || c == 'X' || c == '.' || c == '-' || c == '_');
  }

  private static void add(
      Consumer<Finding> findings,
      FindingType type,
      Matcher match,
      int group,
      double score,
      String rule) {
    findings.accept(new Finding(type, match.start(group), match.end(group), score, rule));
  }
}
