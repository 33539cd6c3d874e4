package dev.migaki.pretraining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands the small phrase grammar of the resources: {@code [a|b]} is a choice, {@code <slot>} a
 * value.
 */
final class Phrases {
  private static final Pattern CHOICE = Pattern.compile("\\[([^\\[\\]]*)\\]");
  private static final Pattern SLOT = Pattern.compile("<([a-z0-9]+)>");

  private Phrases() {}

  /** Picks one option at every choice and fills the slots. */
  static String expand(String phrase, Map<String, String> slots, Random random) {
    Matcher choice = CHOICE.matcher(phrase);
    String chosen =
        choice.replaceAll(
            match -> Matcher.quoteReplacement(pick(match.group(1).split("\\|", -1), random)));
    return fill(chosen, slots);
  }

  /** Fills the slots; a slot without value is a mistake in the resources. */
  static String fill(String phrase, Map<String, String> slots) {
    return SLOT.matcher(phrase)
        .replaceAll(
            match -> {
              String value = slots.get(match.group(1));
              if (value == null) {
                throw new IllegalArgumentException("no value for slot " + match.group(1));
              }
              return Matcher.quoteReplacement(value);
            })
        .replaceAll("  +", " ")
        .strip();
  }

  /** The names of the slots in a phrase, in order. */
  static List<String> slotsIn(String phrase) {
    List<String> names = new ArrayList<>();
    Matcher matcher = SLOT.matcher(phrase);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  static <T> T pick(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  static String pick(String[] values, Random random) {
    return values[random.nextInt(values.length)];
  }

  static String capitalize(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  static String uncapitalize(String text) {
    if (text.length() < 2 || text.startsWith("I ") || text.startsWith("I'")) {
      return text;
    }
    return Character.isUpperCase(text.charAt(1))
        ? text
        : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
