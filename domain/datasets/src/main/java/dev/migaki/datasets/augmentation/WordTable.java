package dev.migaki.datasets.augmentation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table of words that can stand for each other, shipped or a tenant's. */
final class WordTable {
  private final List<Exchange> exchanges;

  private WordTable(List<Exchange> exchanges) {
    this.exchanges = List.copyOf(exchanges);
  }

  /** One word and what may stand in its place. */
  private record Exchange(String lower, Pattern word, String replacement) {
    Exchange(String word, String replacement) {
      this(word, pattern(word), replacement);
    }

    private Exchange {
      lower = lower.toLowerCase(Locale.ROOT);
    }
  }

  /** Lines of {@code training, … | reserved, …}: any wording becomes one of the family's. */
  static WordTable synonyms(String resource, Family family) {
    List<Exchange> exchanges = new ArrayList<>();
    for (String line : lines(resource)) {
      String[] sides = line.split("\\|");
      List<String> training = words(sides[0]);
      List<String> targets = family == Family.TRAINING ? training : words(sides[1]);
      for (String from : training) {
        for (String to : targets) {
          if (!from.equals(to)) {
            exchanges.add(new Exchange(from, to));
          }
        }
      }
    }
    return new WordTable(exchanges);
  }

  /** The shipped words that only a held-out question may get; empty where no language has any. */
  static WordTable reserved(String language) {
    boolean shipped = List.of("en", "ja").contains(language);
    return shipped
        ? synonyms("synonyms-" + language + ".txt", Family.RESERVED)
        : new WordTable(List.of());
  }

  /** A tenant's groups: each word becomes any other of its group, where it stands by itself. */
  static WordTable ofGroups(List<List<String>> groups) {
    List<Exchange> exchanges = new ArrayList<>();
    for (List<String> group : groups) {
      for (String from : group) {
        for (String to : group) {
          if (!from.equals(to)) {
            exchanges.add(new Exchange(from, byItself(from), to));
          }
        }
      }
    }
    return new WordTable(exchanges);
  }

  /** Whether a word may become another one. */
  boolean exchanges(String from, String to) {
    return exchanges.stream()
        .anyMatch(
            exchange ->
                exchange.lower().equals(from.toLowerCase(Locale.ROOT))
                    && exchange.replacement().equalsIgnoreCase(to));
  }

  /** Lines of {@code spelling=other spelling}. */
  static WordTable notations(String resource) {
    List<Exchange> exchanges = new ArrayList<>();
    for (String line : lines(resource)) {
      String[] sides = line.split("=");
      exchanges.add(new Exchange(sides[0], sides[1]));
    }
    return new WordTable(exchanges);
  }

  /** The text with one word exchanged, once per exchange that applies. */
  List<String> apply(String text) {
    List<String> exchanged = new ArrayList<>();
    String lower = text.toLowerCase(Locale.ROOT);
    for (Exchange exchange : exchanges) {
      if (!lower.contains(exchange.lower())) {
        continue; // nearly all: a look at the letters is cheaper than the expression
      }
      Matcher word = exchange.word().matcher(text);
      if (word.find() && !text.contains(exchange.replacement())) {
        exchanged.add(
            text.substring(0, word.start())
                + asWritten(word.group(), exchange.replacement())
                + text.substring(word.end()));
      }
    }
    return exchanged;
  }

  /** Lines of a shipped list, without comments and blank lines. */
  static List<String> lines(String resource) {
    try (InputStream stream = WordTable.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("missing in the jar: " + resource);
      }
      return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> words(String side) {
    return Arrays.stream(side.split(",")).map(String::strip).filter(w -> !w.isEmpty()).toList();
  }

  private static Pattern pattern(String word) {
    boolean latin = word.charAt(0) < 0x250;
    return latin
        ? Pattern.compile("(?i)\\b" + Pattern.quote(word) + "\\b")
        : Pattern.compile(Pattern.quote(word));
  }

  /** Latin and katakana words end where their script does: no サーバ in サーバー. */
  private static Pattern byItself(String word) {
    String before = script(word.codePointAt(0));
    String after = script(word.codePointBefore(word.length()));
    return Pattern.compile("(?i)(?<!%s)%s(?!%s)".formatted(before, Pattern.quote(word), after));
  }

  private static String script(int letter) {
    if (letter == 'ー' || letter >= 'ァ' && letter <= 'ヺ') {
      return "[ァ-ヺー]";
    }
    return letter < 0x250 ? "[\\p{IsLatin}\\p{Nd}]" : "(?!)";
  }

  private static String asWritten(String original, String replacement) {
    return Character.isUpperCase(original.charAt(0))
        ? Character.toUpperCase(replacement.charAt(0)) + replacement.substring(1)
        : replacement;
  }
}
