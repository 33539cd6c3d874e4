package dev.migaki.cli.demo;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for planted values in text: as written and in compatibility form. */
final class PlantedSearch {
  private final String text;

  PlantedSearch(String text) {
    this.text = Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /** The values that are still there. */
  List<Planted.Value> remaining(List<Planted.Value> values) {
    return values.stream().filter(value -> contains(value.value())).toList();
  }

  private boolean contains(String value) {
    String normal = Normalizer.normalize(value, Normalizer.Form.NFKC);
    if (!normal.chars().allMatch(Character::isDigit)) {
      return text.contains(normal);
    }
    // a short number may be a part of another one or of a hash by chance
    Matcher digits = Pattern.compile("(?<![A-Za-z0-9])" + normal + "(?![A-Za-z0-9])").matcher(text);
    return digits.find();
  }
}
