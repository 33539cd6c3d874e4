package dev.migaki.cleansing;

import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Glossary;
import dev.migaki.cleansing.recognition.PersonNames;
import dev.migaki.cleansing.recognition.ScannedText;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Numbers the values of one document: the same value, the same number.
 *
 * <p>"田中" after "田中太郎" is the same person, and so is "Danielle" after "Danielle Morishita".
 */
final class PlaceholderNumbers {

  private final Map<FindingType, Map<String, Integer>> numbers = new EnumMap<>(FindingType.class);
  private final Map<FindingType, Integer> highest = new EnumMap<>(FindingType.class);

  /** Numbers that the input already uses are not given again. */
  void reserve(String text) {
    if (text.indexOf('<') < 0) {
      return;
    }
    Matcher matcher = ScannedText.PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      String body = text.substring(matcher.start() + 1, matcher.end() - 1);
      int underscore = body.lastIndexOf('_');
      String name = body.substring(0, underscore);
      String number = body.substring(underscore + 1);
      for (FindingType type : FindingType.values()) {
        if (type.name().equals(name) && number.matches("\\d{1,8}")) {
          highest.merge(type, Integer.parseInt(number), Math::max);
        }
      }
    }
  }

  int number(FindingType type, String value) {
    Map<String, Integer> known = numbers.computeIfAbsent(type, t -> new LinkedHashMap<>());
    String key = Glossary.key(value);
    Integer number = known.get(key);
    if (number == null) {
      number = type == FindingType.PERSON ? samePerson(known, key) : null;
      if (number == null) {
        number = highest.merge(type, 1, Integer::sum);
      }
      known.put(key, number);
    }
    return number;
  }

  private static @org.jspecify.annotations.Nullable Integer samePerson(
      Map<String, Integer> known, String key) {
    for (Map.Entry<String, Integer> entry : known.entrySet()) {
      String other = entry.getKey();
      if (PersonNames.isPartOf(other, key) || PersonNames.isPartOf(key, other)) {
        return entry.getValue();
      }
    }
    return null;
  }
}
