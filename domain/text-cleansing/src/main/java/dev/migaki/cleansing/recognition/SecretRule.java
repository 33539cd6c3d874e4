package dev.migaki.cleansing.recognition;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The form of one kind of credential.
 *
 * @param needle texts, separated by spaces, one of which every match contains; the pre-filter
 * @param pattern its first group is the secret; without groups the whole match
 * @param minEntropy bits per character below which a match is a dummy
 */
record SecretRule(
    String name,
    FindingType type,
    String needle,
    Pattern pattern,
    double minEntropy,
    double score) {

  SecretRule {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    requireNonNull(needle, "needle");
    requireNonNull(pattern, "pattern");
  }

  static SecretRule key(String name, String needle, String regex, double minEntropy) {
    String bounded = "(?<![A-Za-z0-9])" + regex + "(?![A-Za-z0-9])";
    return new SecretRule(
        name, FindingType.API_KEY, needle, Pattern.compile(bounded), minEntropy, 0.95);
  }
}
