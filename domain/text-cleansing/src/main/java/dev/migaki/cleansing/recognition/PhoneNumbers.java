package dev.migaki.cleansing.recognition;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

/**
 * Decides whether a run of digit groups is a phone number: numbering plan, layout, cue words.
 *
 * <p>The library knows which numbers may exist; the layout decides where it cannot (fictional
 * numbers, unassigned ranges), because a number printed as a phone number is meant as one.
 */
final class PhoneNumbers {

  private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

  private PhoneNumbers() {}

  static double score(ScannedText text, NumberGroups run, int from, int to, String digits) {
    int length = digits.length();
    if (length > 15) {
      return 0;
    }
    int start = run.start(from);
    CueIndex cues = text.cues();
    boolean cue = hasCue(cues, run, from, to);
    if (!cue && (cues.before(Cue.PRODUCT, start, 14) || isDateOrAmount(text, run, from, to))) {
      return 0;
    }
    double score = 0;
    if (run.hasPlus(from)) {
      score =
          isValid(text.folded().substring(run.windowStart(from), run.end(to - 1)), "ZZ")
              ? 0.95
              : length >= 9 ? 0.7 : 0;
    } else if (digits.charAt(0) == '0' && !digits.startsWith("001")) {
      score = domestic(run, from, to, digits);
    } else if (isNorthAmericanLayout(run, from, to, digits)) {
      score = isValid(digits, "US") ? 0.8 : 0.65;
    }
    if (cue) {
      boolean plain = to - from == 1;
      score = score > 0 ? Math.min(1, score + 0.2) : plain && length < 9 ? 0.4 : 0.6;
    }
    return score;
  }

  private static boolean hasCue(CueIndex cues, NumberGroups run, int from, int to) {
    int start = run.windowStart(from);
    int end = run.end(to - 1);
    return cues.before(Cue.PHONE, start, 32) || cues.within(Cue.PHONE, end, end + 14);
  }

  private static double domestic(NumberGroups run, int from, int to, String digits) {
    int length = digits.length();
    boolean grouped = to - from > 1;
    if (length == 10 || length == 11) {
      boolean layout =
          to - from == 3 && run.length(to - 1) >= 3 && run.length(from) <= 5
              || to - from == 2 && run.isOpened(from);
      if (isValid(digits, "JP")) {
        boolean mobile = length == 11 && "789".indexOf(digits.charAt(1)) >= 0;
        return layout ? 0.9 : mobile ? 0.75 : grouped ? 0.7 : 0.45;
      }
      if (layout && run.length(to - 1) == 4) {
        return 0.75;
      }
    }
    if (grouped && length >= 10 && isValid(digits, "GB")) {
      return 0.7;
    }
    return 0;
  }

  private static boolean isNorthAmericanLayout(NumberGroups run, int from, int to, String digits) {
    int length = digits.length();
    boolean trunk = length == 11 && digits.charAt(0) == '1' && run.length(from) == 1;
    boolean international = length == 13 && digits.startsWith("001") && run.length(from) == 3;
    int first = trunk || international ? from + 1 : from;
    if (to - first != 3) {
      return false;
    }
    return run.length(first) == 3
        && run.length(first + 1) == 3
        && run.length(first + 2) == 4
        && run.digits(first, first + 1).charAt(0) >= '2';
  }

  /** 2024.01.15 10.30 and 1.250.000 are no phone numbers. */
  private static boolean isDateOrAmount(ScannedText text, NumberGroups run, int from, int to) {
    int first = run.length(from);
    String number = run.digits(from, from + 1);
    boolean year = first == 4 && (number.startsWith("19") || number.startsWith("20"));
    char after = text.at(run.end(to - 1));
    return year && to - from >= 2 && run.length(from + 1) <= 2 || "円年月日個件台万億%".indexOf(after) >= 0;
  }

  private static boolean isValid(String number, String region) {
    try {
      PhoneNumber parsed = LIBRARY.parse(number, region);
      return region.equals("ZZ")
          ? LIBRARY.isValidNumber(parsed)
          : LIBRARY.isValidNumberForRegion(parsed, region);
    } catch (NumberParseException e) {
      return false; // not a number in this plan: the layout decides
    }
  }

  /** Takes "x123", "ext. 123", "内線123" along. */
  static int endWithExtension(String lower, int end) {
    int index = end;
    while (index < lower.length() && " (,".indexOf(lower.charAt(index)) >= 0 && index - end < 2) {
      index++;
    }
    for (String word : new String[] {"extension", "ext.", "ext", "x", "内線"}) {
      if (lower.startsWith(word, index)) {
        int digits = index + word.length();
        while (digits < lower.length() && lower.charAt(digits) == ' ' && digits < index + 12) {
          digits++;
        }
        int stop = digits;
        while (stop < lower.length()
            && NumberGroups.isDigit(lower.charAt(stop))
            && stop - digits < 6) {
          stop++;
        }
        return stop > digits ? stop : end;
      }
    }
    return end;
  }
}
