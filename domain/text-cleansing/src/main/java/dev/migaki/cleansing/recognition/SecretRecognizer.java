package dev.migaki.cleansing.recognition;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;

/**
 * Credentials with a recognisable form: a literal pre-filter, then pattern and entropy.
 *
 * <p>A credential is one long run without spaces, so a rule runs only on the run that holds its
 * literal; only key blocks span lines.
 */
final class SecretRecognizer implements Recognizer {

  private static final int MIN_TOKEN = 11;
  private static final List<SecretRule> RULES = SecretCatalog.RULES;
  private static final List<List<SecretRule>> RULES_OF_NEEDLE = new ArrayList<>();
  private static final KeywordMatcher NEEDLES;
  private static final Set<String> PUBLISHED = Set.copyOf(WordList.load("published-keys.txt"));

  static {
    Map<String, List<SecretRule>> rules = new LinkedHashMap<>();
    for (SecretRule rule : RULES) {
      String[] needles =
          rule.type() == FindingType.PRIVATE_KEY
              ? new String[] {rule.needle()}
              : rule.needle().split(" ");
      for (String needle : needles) {
        rules.computeIfAbsent(needle, n -> new ArrayList<>()).add(rule);
      }
    }
    NEEDLES = KeywordMatcher.of(List.copyOf(rules.keySet()));
    for (String needle : List.copyOf(rules.keySet())) {
      RULES_OF_NEEDLE.add(List.copyOf(rules.getOrDefault(needle, List.of())));
    }
  }

  @Override
  public String name() {
    return "secret";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    String folded = text.folded();
    if (longestToken(folded) < MIN_TOKEN) {
      return;
    }
    TreeSet<Long> done = new TreeSet<>();
    TokenRuns runs = new TokenRuns(folded);
    NEEDLES.scan(
        folded,
        (start, end, needle) -> {
          int from = runs.start(start);
          int to = runs.end(end);
          if (to - from < MIN_TOKEN) {
            return;
          }
          for (SecretRule rule : RULES_OF_NEEDLE.get(needle)) {
            boolean block = rule.type() == FindingType.PRIVATE_KEY;
            long key = (block ? 0 : (long) from << 8) + RULES.indexOf(rule);
            if (done.add(key)) {
              apply(rule, folded, block ? 0 : from, block ? folded.length() : to, findings);
            }
          }
        });
  }

  private static boolean isTokenChar(char c) {
    return c > 0x20 && c < 0x7F;
  }

  /**
   * Where the run around a place begins and ends. Needles follow each other through the text, and a
   * long run holds many of them: it is walked once.
   */
  private static final class TokenRuns {
    private final String folded;
    private int from;
    private int to = -1;

    private TokenRuns(String folded) {
      this.folded = folded;
    }

    private int start(int index) {
      walk(index);
      return from;
    }

    private int end(int index) {
      walk(index);
      return to;
    }

    private void walk(int index) {
      if (index >= from && index <= to) {
        return;
      }
      from = index;
      while (from > 0 && isTokenChar(folded.charAt(from - 1))) {
        from--;
      }
      to = index;
      while (to < folded.length() && isTokenChar(folded.charAt(to))) {
        to++;
      }
    }
  }

  /** Every credential contains a long run without a space; prose and headings stop here. */
  private static int longestToken(String folded) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < folded.length(); i++) {
      run = isTokenChar(folded.charAt(i)) ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static void apply(
      SecretRule rule, String folded, int from, int to, Consumer<Finding> findings) {
    Matcher matcher = rule.pattern().matcher(folded);
    matcher.useTransparentBounds(true);
    matcher.useAnchoringBounds(false);
    matcher.region(from, to);
    while (matcher.find()) {
      int group = matcher.groupCount() > 0 ? 1 : 0;
      if (isReal(rule, matcher.group(group))) {
        findings.accept(
            new Finding(
                rule.type(), matcher.start(group), matcher.end(group), rule.score(), rule.name()));
      }
    }
  }

  private static boolean isReal(SecretRule rule, String secret) {
    if (rule.type() == FindingType.JWT) {
      return isToken(secret);
    }
    if (rule.type() == FindingType.URL_CREDENTIALS) {
      return !CredentialAssignment.isNoSecret(secret.substring(secret.indexOf(':') + 1));
    }
    if (rule.minEntropy() == 0) {
      return !secret.endsWith("EXAMPLE") && Entropy.longestRun(secret) < 24;
    }
    return Entropy.bitsPerCharacter(secret) >= rule.minEntropy()
        && !Entropy.isDummy(secret)
        && !PUBLISHED.contains(sha256(secret));
  }

  private static String sha256(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Header and payload of a JSON Web Token decode to JSON objects, RFC 7519. */
  private static boolean isToken(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    return first > 0
        && second > first
        && isJsonObject(token.substring(0, first))
        && isJsonObject(token.substring(first + 1, second));
  }

  private static boolean isJsonObject(String base64) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(base64.replace("=", ""));
      String json = new String(bytes, StandardCharsets.UTF_8).strip();
      return json.startsWith("{\"") && json.endsWith("}") && json.indexOf('\uFFFD') < 0;
    } catch (IllegalArgumentException e) {
      return false; // no Base64, no token
    }
  }
}
