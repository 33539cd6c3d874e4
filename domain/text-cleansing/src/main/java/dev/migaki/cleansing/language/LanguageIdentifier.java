package dev.migaki.cleansing.language;

import com.github.pemistahl.lingua.api.Language;
import com.github.pemistahl.lingua.api.LanguageDetector;
import com.github.pemistahl.lingua.api.LanguageDetectorBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the language of a text: the script decides where it can, a statistical model where it
 * must.
 *
 * <p>Kana means Japanese, Hangul Korean, Han alone Chinese: certain, and a thousand times faster
 * than the model. English is told by its function words for the same reason; the model (Lingua,
 * nine languages, low accuracy mode: 17 MB instead of 1.3 GB) sees what is left, and only its first
 * characters.
 */
public final class LanguageIdentifier {

  private static final int MIN_LETTERS = 10;
  private static final int SAMPLE = 240;

  /** Characters of the longest word among {@link #ENGLISH}. */
  private static final int LONGEST = 6;

  private static final Set<String> ENGLISH =
      Set.of(
          "the", "and", "of", "to", "in", "is", "you", "that", "it", "for", "on", "are", "with",
          "this", "be", "have", "from", "or", "can", "your", "how", "what", "do", "my", "not", "we",
          "will", "please", "when", "if", "does", "i");

  /** Loads the model on first use; it takes about half a second. */
  private static final class Model {
    static final LanguageDetector DETECTOR =
        LanguageDetectorBuilder.fromLanguages(
                Language.ENGLISH,
                Language.GERMAN,
                Language.FRENCH,
                Language.SPANISH,
                Language.ITALIAN,
                Language.PORTUGUESE,
                Language.DUTCH,
                Language.VIETNAMESE,
                Language.INDONESIAN)
            .withLowAccuracyMode()
            .build();
  }

  private LanguageIdentifier() {}

  public static LanguageIdentifier create() {
    return new LanguageIdentifier();
  }

  /** The language of one text. */
  public IdentifiedLanguage identify(String text) {
    IdentifiedLanguage certain = withoutModel(text);
    return certain == null ? byModel(text) : certain;
  }

  /**
   * The language that most characters of some texts are in. The same as asking for each text, but
   * the model is asked only while its answers can change the outcome, which is seldom.
   *
   * @param whereUndetermined ISO 639-1 code for texts that cannot be told, null to leave them out
   */
  public IdentifiedLanguage identifyMost(List<String> texts, @Nullable String whereUndetermined) {
    Map<String, Long> characters = new TreeMap<>();
    List<String> open = new ArrayList<>();
    long openCharacters = 0;
    for (String text : texts) {
      IdentifiedLanguage certain = withoutModel(text);
      if (certain == null) {
        open.add(text);
        openCharacters += text.length();
      } else {
        count(characters, certain, whereUndetermined, text);
      }
    }
    open.sort(Comparator.comparingInt(String::length).reversed());
    for (String text : open) {
      if (isDecided(characters, openCharacters)) {
        break;
      }
      count(characters, byModel(text), whereUndetermined, text);
      openCharacters -= text.length();
    }
    return most(characters);
  }

  private static void count(
      Map<String, Long> characters,
      IdentifiedLanguage language,
      @Nullable String whereUndetermined,
      String text) {
    String code = language.isDetermined() ? language.code() : whereUndetermined;
    if (code != null) {
      characters.merge(code, (long) text.length(), Long::sum);
    }
  }

  /** Whether no language can catch up with the first even if it gets all that is open. */
  private static boolean isDecided(Map<String, Long> characters, long open) {
    List<Long> ranked = characters.values().stream().sorted(Comparator.reverseOrder()).toList();
    long first = ranked.isEmpty() ? 0 : ranked.get(0);
    long second = ranked.size() < 2 ? 0 : ranked.get(1);
    return first > second + open;
  }

  private static IdentifiedLanguage most(Map<String, Long> characters) {
    long total = characters.values().stream().mapToLong(Long::longValue).sum();
    return characters.entrySet().stream()
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .filter(best -> total > 0)
        .map(best -> new IdentifiedLanguage(best.getKey(), (double) best.getValue() / total))
        .orElse(IdentifiedLanguage.UNDETERMINED);
  }

  private static @Nullable IdentifiedLanguage withoutModel(String text) {
    int kana = 0;
    int han = 0;
    int hangul = 0;
    int latin = 0;
    int other = 0;
    int stop = Math.min(text.length(), 4_000);
    for (int i = 0; i < stop; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        latin += c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' ? 1 : 0;
      } else if (c >= 'ぁ' && c <= 'ヿ' && c != '・' || c >= '\uFF66' && c <= '\uFF9F') {
        kana++;
      } else if (c >= '一' && c <= '鿿') {
        han++;
      } else if (c >= '가' && c <= '힣') {
        hangul++;
      } else if (Character.isLetter(c)) {
        if (c < 0x250) {
          latin++;
        } else {
          other++;
        }
      }
    }
    return decide(text, kana, han, hangul, latin, other);
  }

  private static @Nullable IdentifiedLanguage decide(
      String text, int kana, int han, int hangul, int latin, int other) {
    int eastAsian = kana + han + hangul;
    if (hangul > kana + han && hangul * 2 > latin / 3) {
      return new IdentifiedLanguage("ko", 1);
    }
    // one Japanese character says about as much as two to three Latin letters
    boolean mostlyLatin = eastAsian * 3 < latin;
    if (kana > 0 && !mostlyLatin) {
      return new IdentifiedLanguage("ja", kana * 20 >= han ? 1 : 0.8);
    }
    if (han > 0 && !mostlyLatin) {
      // short titles without kana are as often Japanese as Chinese
      return new IdentifiedLanguage(han < 12 ? "ja" : "zh", han < 12 ? 0.5 : 0.8);
    }
    if (latin < MIN_LETTERS || other > latin) {
      return IdentifiedLanguage.UNDETERMINED;
    }
    return isPlainlyEnglish(sample(text)) ? new IdentifiedLanguage("en", 0.97) : null;
  }

  private static String sample(String text) {
    return text.length() > SAMPLE ? text.substring(0, SAMPLE) : text;
  }

  private static boolean isPlainlyEnglish(String sample) {
    String lower = sample.toLowerCase(Locale.ROOT);
    int words = 0;
    int english = 0;
    int start = -1;
    for (int i = 0; i <= lower.length(); ) {
      int c = i < lower.length() ? lower.codePointAt(i) : ' ';
      if (Character.isLetter(c) || c == '\'') {
        start = start < 0 ? i : start;
      } else if (start >= 0) {
        words++;
        english += i - start <= LONGEST && ENGLISH.contains(lower.substring(start, i)) ? 1 : 0;
        start = -1;
      }
      i += Character.charCount(c);
    }
    return english >= 3 && english * 5 >= words;
  }

  private static IdentifiedLanguage byModel(String text) {
    Map<Language, Double> confidences =
        Model.DETECTOR.computeLanguageConfidenceValues(sample(text));
    return confidences.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(
            best ->
                new IdentifiedLanguage(best.getKey().getIsoCode639_1().toString(), best.getValue()))
        .orElse(IdentifiedLanguage.UNDETERMINED);
  }
}
