package dev.migaki.cleansing.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers that carry their own proof (check digit, layout, numbering plan): payment cards, My
 * Number, phone numbers, social security numbers.
 */
final class NumberRecognizer implements Recognizer {

  private static final int MIN_DIGITS = 7;

  @Override
  public String name() {
    return "number";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasDigit()) {
      return;
    }
    for (NumberGroups run : NumberGroups.of(text.folded(), MIN_DIGITS)) {
      int from = 0;
      while (from < run.size()) {
        Candidate best = bestFrom(text, run, from);
        if (best == null) {
          from++;
        } else {
          findings.accept(best.finding);
          if (best.finding.type() == FindingType.CREDIT_CARD) {
            besideCard(text, best.finding.end(), findings);
          }
          from = best.to;
        }
      }
    }
  }

  /** Expiry and security code behind a card's number: "exp 12/27, CVV 123", 「有効期限 12/27」. */
  private static final Pattern BESIDE_CARD =
      Pattern.compile(
          "[ \\n\\t,;|/()-]{0,4}(?:(?:exp(?:iry|iration|ires)?(?: date)?|valid (?:thru|until|to)|good thru|(?:有効)?期限)[.:は ]{0,3})?"
              + "((?:0?[1-9]|1[0-2]) ?[/-] ?(?:20)?[2-4]\\d)(?![\\d/-])"
              + "(?:[ \\n\\t,;|/()-]{1,4}(?:(?:cv[vc]2?|cid|security code|code|セキュリティコード)[.:は ]{0,3})?(\\d{3,4})(?!\\d))?");

  private static void besideCard(ScannedText text, int end, Consumer<Finding> findings) {
    Matcher beside =
        BESIDE_CARD.matcher(text.lower()).region(end, Math.min(text.length(), end + 60));
    beside.useTransparentBounds(true);
    if (beside.lookingAt()) {
      for (int group = 1; group <= 2 && beside.start(group) >= 0; group++) {
        findings.accept(
            new Finding(
                FindingType.CREDIT_CARD,
                beside.start(group),
                beside.end(group),
                0.85,
                group == 1 ? "card-expiry" : "card-code"));
      }
    }
  }

  private record Candidate(Finding finding, int to) {}

  private static @org.jspecify.annotations.Nullable Candidate bestFrom(
      ScannedText text, NumberGroups run, int from) {
    Candidate best = null;
    for (int to = Math.min(run.size(), from + 8); to > from; to--) {
      if (!run.isWindow(from, to)) {
        continue;
      }
      String digits = run.digits(from, to);
      if (digits.length() < MIN_DIGITS || digits.length() > 19) {
        continue;
      }
      for (Finding finding : classify(text, run, from, to, digits)) {
        if (best == null || finding.score() > best.finding.score()) {
          best = new Candidate(finding, to);
        }
      }
    }
    return best;
  }

  private static List<Finding> classify(
      ScannedText text, NumberGroups run, int from, int to, String digits) {
    List<Finding> found = new ArrayList<>(2);
    int start = run.start(from);
    int end = run.end(to - 1);
    CueIndex cues = text.cues();
    double card = cardScore(run, from, to, digits, cues);
    if (card > 0) {
      found.add(new Finding(FindingType.CREDIT_CARD, start, end, card, "card"));
    }
    double myNumber = myNumberScore(run, from, to, digits, cues);
    if (myNumber > 0) {
      found.add(new Finding(FindingType.MY_NUMBER, start, end, myNumber, "my-number"));
    }
    double ssn = ssnScore(run, from, to, digits, cues);
    if (ssn > 0) {
      found.add(new Finding(FindingType.SSN, start, end, ssn, "us-ssn"));
    }
    double phone = PhoneNumbers.score(text, run, from, to, digits);
    if (phone > 0) {
      int phoneEnd = PhoneNumbers.endWithExtension(text.lower(), end);
      found.add(
          new Finding(FindingType.PHONE_NUMBER, run.windowStart(from), phoneEnd, phone, "phone"));
    }
    return found;
  }

  private static double cardScore(
      NumberGroups run, int from, int to, String digits, CueIndex cues) {
    if (digits.length() < 12 || !isCardLayout(run, from, to) || !hasIssuer(digits)) {
      return 0;
    }
    int start = run.start(from);
    int end = run.end(to - 1);
    boolean cue = cues.near(Cue.CARD, start, end, 60);
    if (Checksums.isLuhn(digits)) {
      if (digits.length() <= 13 || digits.length() > 16) {
        return cue ? 0.95 : digits.length() > 16 && digits.charAt(0) != '4' ? 0.55 : 0.45;
      }
      return cues.before(Cue.PRODUCT, start, 12) && !cue ? 0.4 : cue ? 1.0 : 0.9;
    }
    boolean grouped = run.isLayout(from, to, 4, 4, 4, 4) || run.isLayout(from, to, 4, 6, 5);
    return grouped && cues.before(Cue.CARD, start, 25) ? 0.75 : 0;
  }

  private static boolean isCardLayout(NumberGroups run, int from, int to) {
    return to - from == 1
        || run.isLayout(from, to, 4, 4, 4, 4)
        || run.isLayout(from, to, 4, 6, 5)
        || run.isLayout(from, to, 4, 6, 4)
        || run.isLayout(from, to, 4, 4, 4, 4, 3);
  }

  /** Issuer ranges of ISO/IEC 7812 that payment cards use. */
  private static boolean hasIssuer(String digits) {
    int two = Integer.parseInt(digits.substring(0, 2));
    int four = Integer.parseInt(digits.substring(0, 4));
    return switch (digits.length()) {
      case 12, 17, 18 -> two >= 50 && two <= 69 && two != 59;
      case 19 -> digits.charAt(0) == '4' || two >= 50 && two <= 69 && two != 59;
      case 13 -> digits.charAt(0) == '4';
      case 14 -> two == 36 || two == 38 || two == 39 || four >= 3000 && four <= 3059;
      case 15 -> two == 34 || two == 37 || four == 1800 || four == 2131;
      case 16 ->
          digits.charAt(0) == '4'
              || two >= 51 && two <= 55
              || four >= 2221 && four <= 2720
              || two == 35
              || two == 60
              || two >= 62 && two <= 65
              || two == 30
              || two == 36;
      default -> false;
    };
  }

  private static double myNumberScore(
      NumberGroups run, int from, int to, String digits, CueIndex cues) {
    if (digits.length() != 12) {
      return 0;
    }
    boolean grouped = run.isLayout(from, to, 4, 4, 4);
    if (!grouped && to - from > 1) {
      return 0;
    }
    int start = run.start(from);
    boolean cue = cues.before(Cue.MY_NUMBER, start, 30);
    boolean licence = cues.before(Cue.LICENSE, start, 30);
    boolean valid = Checksums.isMyNumber(digits);
    if (cue) {
      return valid ? 1.0 : 0.75;
    }
    if (!valid || licence || cues.before(Cue.PRODUCT, start, 20)) {
      return 0;
    }
    return grouped ? 0.6 : 0.35;
  }

  private static double ssnScore(NumberGroups run, int from, int to, String digits, CueIndex cues) {
    if (digits.length() != 9) {
      return 0;
    }
    boolean cue = cues.near(Cue.SSN, run.start(from), run.end(to - 1), 40);
    boolean valid = Checksums.isUsSocialSecurityNumber(digits);
    boolean layout = run.isLayout(from, to, 3, 2, 4);
    if (layout && run.separator(from).equals("-")) {
      if (cue) {
        return valid ? 1.0 : 0.75;
      }
      return valid ? 0.85 : 0;
    }
    if (cue && (layout || to - from == 1)) {
      return valid ? 0.9 : 0.6;
    }
    return 0;
  }
}
