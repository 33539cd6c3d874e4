package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleBiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values whose form alone tells them: e-mail, IBAN, IP and MAC addresses, wallet addresses, plates,
 * postal codes.
 *
 * <p>Each rule names a character sequence that must be present, so that most text never meets a
 * regular expression.
 */
final class PatternRecognizer implements Recognizer {

  /**
   * A form.
   *
   * @param needle text that every match contains; empty if none
   * @param scorer score of a match in its text, 0 for none
   */
  private record Rule(
      FindingType type,
      String name,
      String needle,
      Pattern pattern,
      ToDoubleBiFunction<ScannedText, Matcher> scorer) {}

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              FindingType.EMAIL_ADDRESS,
              "email",
              "@",
              Pattern.compile(
                  "(?<![A-Za-z0-9._%+-])[A-Za-z0-9_](?:[A-Za-z0-9._%+'-]{0,62}[A-Za-z0-9_+-])?@"
                      + "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])"),
              (text, match) -> 0.95),
          new Rule(
              FindingType.EMAIL_ADDRESS,
              "email-spelled",
              "at",
              Pattern.compile(
                  "(?i)(?<![A-Za-z0-9._-])[a-z0-9][a-z0-9._-]{1,40} ?[\\[(] ?at ?[\\])]"
                      + " ?[a-z0-9-]{2,40}(?: ?(?:\\.|[\\[(] ?dot ?[\\])]) ?[a-z]{2,20}){1,3}"),
              (text, match) -> 0.85),
          new Rule(
              FindingType.IBAN,
              "iban",
              "",
              Pattern.compile(
                  "(?i)(?<![A-Z0-9])[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?:"
                      + " ?[A-Z0-9]{1,3})?(?![A-Z0-9])"),
              (text, match) -> Checksums.isIban(match.group().replace(" ", "")) ? 1.0 : 0),
          new Rule(
              FindingType.IP_ADDRESS,
              "ipv4",
              ".",
              Pattern.compile(
                  "(?<![\\d.A-Za-z-])(?=\\d{1,3}\\.\\d)"
                      + OCTET
                      + "(?:\\."
                      + OCTET
                      + "){3}(?![\\dA-Za-z]|\\.\\d)"),
              PatternRecognizer::ipv4Score),
          new Rule(
              FindingType.IP_ADDRESS,
              "ipv6",
              ":",
              Pattern.compile(
                  "(?<![0-9A-Za-z:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{1,4}(?![0-9A-Za-z:])"),
              PatternRecognizer::ipv6Score),
          new Rule(
              FindingType.MAC_ADDRESS,
              "mac",
              "",
              Pattern.compile(
                  "(?<![0-9A-Za-z:-])[0-9A-Fa-f]{2}(?:(:|-)[0-9A-Fa-f]{2})(?:\\1[0-9A-Fa-f]{2}){4}(?![0-9A-Za-z:]|-[0-9A-Fa-f])"),
              (text, match) -> isFillerMac(match.group()) ? 0.3 : 0.9),
          new Rule(
              FindingType.CRYPTO_ADDRESS,
              "bech32",
              "bc1",
              Pattern.compile("(?<![A-Za-z0-9])bc1[02-9ac-hj-np-z]{11,71}(?![A-Za-z0-9])"),
              (text, match) -> Checksums.isBech32(match.group()) ? 1.0 : 0),
          new Rule(
              FindingType.CRYPTO_ADDRESS,
              "ethereum",
              "0x",
              Pattern.compile("(?<![A-Za-z0-9])0x[0-9a-fA-F]{40}(?![A-Za-z0-9])"),
              (text, match) -> 0.85),
          new Rule(
              FindingType.VEHICLE_PLATE,
              "japanese-plate",
              "",
              Pattern.compile(
                  "(?:[一-龥ヶァ-ン]{1,4}|なにわ|いわき|とちぎ|つくば|さいたま|みやぎ|ふくしま|ひろしま) ?\\d{2,3}[A-Z]? ?[あ-ん]"
                      + " ?(?:\\d{1,2}-\\d{2}|[・･.]{1,3}\\d{1,3}|\\d{4})(?!\\d)"),
              (text, match) -> text.hasJapanese() ? 0.85 : 0),
          new Rule(
              FindingType.POSTAL_CODE,
              "japanese-postal-code",
              "-",
              Pattern.compile("(?<![\\dA-Za-z.-])\\d{3}-\\d{4}(?![\\d-]|\\.\\d)"),
              PatternRecognizer::postalScore));

  private static final Pattern BASE58 =
      Pattern.compile("(?<![A-Za-z0-9])[13][1-9A-HJ-NP-Za-km-z]{25,34}(?![A-Za-z0-9])");

  @Override
  public String name() {
    return "pattern";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    String folded = text.folded();
    for (Rule rule : RULES) {
      boolean digits = rule.type != FindingType.EMAIL_ADDRESS;
      boolean spelled = rule.name.equals("email-spelled");
      if (digits && !text.hasDigit()
          || !folded.contains(rule.needle)
          || spelled && !isSpelled(text.lower())) {
        continue;
      }
      if (rule.type == FindingType.VEHICLE_PLATE && !text.hasJapanese()
          || rule.type == FindingType.IBAN && !hasIbanStart(folded)
          || rule.type == FindingType.MAC_ADDRESS && !hasHexPairs(folded)
          || rule.name.equals("ipv4") && !hasDots(folded)
          || rule.name.equals("ipv6") && !hasColons(folded)) {
        continue;
      }
      if (rule.name.equals("email")) {
        emails(folded, rule, findings);
        continue;
      }
      Matcher matcher = rule.pattern.matcher(folded);
      while (matcher.find()) {
        double score = rule.scorer.applyAsDouble(text, matcher);
        if (score > 0) {
          findings.accept(new Finding(rule.type, matcher.start(), matcher.end(), score, rule.name));
        }
      }
    }
    if (text.hasDigit() && hasLongWord(folded)) {
      base58(folded, findings);
    }
  }

  /** Local part and domain around each "@". */
  private static void emails(String folded, Rule rule, Consumer<Finding> findings) {
    Matcher matcher = rule.pattern.matcher(folded);
    matcher.useTransparentBounds(true);
    int last = 0;
    for (int at = folded.indexOf('@'); at >= 0; at = folded.indexOf('@', at + 1)) {
      int from = at;
      while (from > last && at - from < 65 && isLocalPart(folded.charAt(from - 1))) {
        from--;
      }
      matcher.region(from, Math.min(folded.length(), at + 260));
      if (from < at && matcher.find() && matcher.start() < at) {
        findings.accept(new Finding(rule.type, matcher.start(), matcher.end(), 0.95, rule.name));
        last = matcher.end();
      }
    }
  }

  private static boolean isSpelled(String lower) {
    return lower.contains("(at)")
        || lower.contains("[at]")
        || lower.contains("( at )")
        || lower.contains("[ at ]");
  }

  private static boolean isLocalPart(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || "._%+'-".indexOf(c) >= 0);
  }

  /** Two letters and two digits that begin a word. */
  private static boolean hasIbanStart(String folded) {
    for (int i = 2; i + 1 < folded.length(); i++) {
      if (NumberGroups.isDigit(folded.charAt(i))
          && NumberGroups.isDigit(folded.charAt(i + 1))
          && isAsciiLetter(folded.charAt(i - 1))
          && isAsciiLetter(folded.charAt(i - 2))
          && (i == 2 || !isAsciiLetter(folded.charAt(i - 3)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAsciiLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  /** Two dots between digits, near each other. */
  private static boolean hasDots(String folded) {
    int last = -9;
    for (int dot = folded.indexOf('.'); dot >= 0; dot = folded.indexOf('.', dot + 1)) {
      boolean digits =
          dot > 0
              && dot + 1 < folded.length()
              && NumberGroups.isDigit(folded.charAt(dot - 1))
              && NumberGroups.isDigit(folded.charAt(dot + 1));
      if (digits && dot - last <= 4) {
        return true;
      }
      last = digits ? dot : last;
    }
    return false;
  }

  /** Two colons with at most four hexadecimal digits between them. */
  private static boolean hasColons(String folded) {
    for (int colon = folded.indexOf(':'); colon >= 0; colon = folded.indexOf(':', colon + 1)) {
      int next = colon + 1;
      while (next < folded.length()
          && next - colon < 6
          && Character.digit(folded.charAt(next), 16) >= 0) {
        next++;
      }
      if (next < folded.length() && folded.charAt(next) == ':') {
        return true;
      }
    }
    return false;
  }

  private static boolean hasHexPairs(String folded) {
    for (int i = 2; i + 6 < folded.length(); i++) {
      char c = folded.charAt(i);
      if ((c == ':' || c == '-')
          && folded.charAt(i + 3) == c
          && Character.digit(folded.charAt(i + 1), 16) >= 0
          && Character.digit(folded.charAt(i + 2), 16) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasLongWord(String folded) {
    int run = 0;
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      run = isAsciiLetter(c) || NumberGroups.isDigit(c) ? run + 1 : 0;
      if (run >= 26) {
        return true;
      }
    }
    return false;
  }

  private static void base58(String folded, Consumer<Finding> findings) {
    Matcher matcher = BASE58.matcher(folded);
    while (matcher.find()) {
      if (Checksums.isBase58Check(matcher.group())) {
        findings.accept(
            new Finding(FindingType.CRYPTO_ADDRESS, matcher.start(), matcher.end(), 1.0, "base58"));
      }
    }
  }

  private static double ipv4Score(ScannedText text, Matcher match) {
    String address = match.group();
    CueIndex cues = text.cues();
    if (cues.before(Cue.VERSION, match.start(), 12) && !cues.before(Cue.IP, match.start(), 20)) {
      return 0;
    }
    boolean wellKnown =
        address.startsWith("127.")
            || address.startsWith("0.")
            || address.startsWith("255.")
            || address.startsWith("169.254.")
            || address.startsWith("224.")
            || address.endsWith(".0")
            || address.startsWith("192.168.")
            || address.equals("10.0.0.1")
            || text.at(match.end()) == '/';
    boolean privateRange =
        address.startsWith("10.") || address.matches("172\\.(?:1[6-9]|2\\d|3[01])\\..*");
    boolean cue = cues.near(Cue.IP, match.start(), match.end(), 25);
    if (wellKnown || privateRange) {
      boolean host =
          !address.endsWith(".1") && !address.endsWith(".0") && !address.startsWith("127.");
      return host && (cue || privateRange && !wellKnown) ? 0.55 : 0.35;
    }
    return cue ? 0.95 : 0.8;
  }

  private static double ipv6Score(ScannedText text, Matcher match) {
    String address = match.group().toLowerCase(Locale.ROOT);
    int groups = address.split(":", -1).length;
    boolean compressed = address.contains("::");
    boolean letters = address.chars().anyMatch(c -> c >= 'a' && c <= 'f');
    if (address.indexOf("::") != address.lastIndexOf("::") || !compressed && groups != 8) {
      return 0;
    }
    if (address.startsWith("fe80") || address.equals("::1")) {
      return 0.35;
    }
    return letters && address.length() >= 8 || text.cues().before(Cue.IP, match.start(), 25)
        ? 0.85
        : 0;
  }

  private static boolean isFillerMac(String address) {
    String hex = address.replaceAll("[:-]", "").toLowerCase(Locale.ROOT);
    return hex.chars().distinct().count() == 1;
  }

  private static double postalScore(ScannedText text, Matcher match) {
    int start = match.start();
    CueIndex cues = text.cues();
    if (cues.before(Cue.PHONE, start, 12)) {
      return 0;
    }
    char before = text.at(start - 1);
    if (before == '〒' || cues.before(Cue.POSTAL, start, 12)) {
      return 0.95;
    }
    return JapaneseAddress.startsWithPrefecture(text.folded(), match.end()) ? 0.9 : 0;
  }
}
