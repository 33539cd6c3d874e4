package dev.migaki.cleansing.recognition;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One text prepared for all recognisers: folded, with its cue words and tokens found once.
 *
 * <p>Not thread-safe: it caches what recognisers ask for; one thread scans one text.
 */
public final class ScannedText {

  /** What redaction leaves behind; recognisers never look inside. */
  public static final Pattern PLACEHOLDER =
      Pattern.compile("<[A-Z][A-Z_]{1,30}_(?:[0-9a-f]{1,16}s?|[一-龥]{3,4})>");

  private final String text;
  private final String folded;
  private final String lower;
  private final @Nullable String label;
  private final boolean japanese;
  private final boolean hasDigit;
  private final List<int[]> placeholders;
  private @Nullable CueIndex cues;
  private @Nullable List<JapaneseToken> japaneseTokens;
  private @Nullable List<LatinWord> latinWords;

  private ScannedText(String text, @Nullable String label) {
    this.text = requireNonNull(text, "text");
    this.label = label;
    this.placeholders = placeholdersOf(text);
    this.folded = TextFolding.fold(blanked(text, placeholders));
    this.lower = TextFolding.lower(folded);
    boolean japaneseSeen = false;
    boolean digitSeen = false;
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      digitSeen |= c >= '0' && c <= '9';
      japaneseSeen |= c >= '぀' && c <= '鿿';
    }
    this.japanese = japaneseSeen;
    this.hasDigit = digitSeen;
  }

  public static ScannedText of(String text) {
    return new ScannedText(text, null);
  }

  /**
   * @param label what the surrounding document calls this text: a column header, a form label
   */
  public static ScannedText labelled(String text, @Nullable String label) {
    return new ScannedText(text, label);
  }

  private static List<int[]> placeholdersOf(String text) {
    List<int[]> spans = new ArrayList<>();
    if (text.indexOf('<') >= 0) {
      Matcher matcher = PLACEHOLDER.matcher(text);
      while (matcher.find()) {
        spans.add(new int[] {matcher.start(), matcher.end()});
      }
    }
    return spans;
  }

  /** A placeholder reads as a run of U+FFFC: no letter, no digit, no space, no cue. */
  private static String blanked(String text, List<int[]> spans) {
    if (spans.isEmpty()) {
      return text;
    }
    StringBuilder blanked = new StringBuilder(text);
    for (int[] span : spans) {
      for (int i = span[0]; i < span[1]; i++) {
        blanked.setCharAt(i, '\uFFFC');
      }
    }
    return blanked.toString();
  }

  public String text() {
    return text;
  }

  /** Same length as the text: width, dashes and spaces unified, placeholders blanked. */
  public String folded() {
    return folded;
  }

  /** {@link #folded()} in lower case, same length. */
  public String lower() {
    return lower;
  }

  public @Nullable String label() {
    return label;
  }

  public boolean hasJapanese() {
    return japanese;
  }

  public boolean hasDigit() {
    return hasDigit;
  }

  public int length() {
    return text.length();
  }

  /** Folded character, or U+0000 outside the text. */
  public char at(int index) {
    return index >= 0 && index < folded.length() ? folded.charAt(index) : '\0';
  }

  boolean touchesPlaceholder(int start, int end) {
    int low = 0;
    int high = placeholders.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (placeholders.get(middle)[1] <= start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < placeholders.size() && placeholders.get(low)[0] < end;
  }

  CueIndex cues() {
    CueIndex known = cues;
    if (known == null) {
      known = CueIndex.of(lower);
      cues = known;
    }
    return known;
  }

  List<JapaneseToken> japaneseTokens() {
    List<JapaneseToken> known = japaneseTokens;
    if (known == null) {
      known = japanese ? JapaneseAnalyzer.tokens(folded) : List.of();
      japaneseTokens = known;
    }
    return known;
  }

  List<LatinWord> latinWords() {
    List<LatinWord> known = latinWords;
    if (known == null) {
      known = LatinWord.split(folded);
      latinWords = known;
    }
    return known;
  }
}
