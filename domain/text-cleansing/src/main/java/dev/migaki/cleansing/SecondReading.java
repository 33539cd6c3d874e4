package dev.migaki.cleansing;

import dev.migaki.cleansing.language.IdentifiedLanguage;
import dev.migaki.cleansing.language.LanguageIdentifier;
import dev.migaki.cleansing.recognition.DocumentRecognizer;
import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.Passage;
import dev.migaki.cleansing.recognition.ScannedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Asks the document recognisers and takes from their findings what redaction left behind. */
final class SecondReading {

  /** What is left of a finding beside a placeholder is a value only if it has this many signs. */
  private static final int MIN_REST = 2;

  private final List<DocumentRecognizer> recognizers;
  private final LanguageIdentifier identifier = LanguageIdentifier.create();

  SecondReading(List<DocumentRecognizer> recognizers) {
    this.recognizers = List.copyOf(recognizers);
  }

  boolean asksNobody() {
    return recognizers.isEmpty();
  }

  /**
   * A text to read.
   *
   * @param index of its block in the document
   */
  record Unread(int index, String text, @Nullable String label) {}

  /**
   * Reads texts of one document.
   *
   * @param language of the document if known, for texts too short to tell
   * @param findings takes a text's findings, none of which touches a placeholder
   */
  void read(List<Unread> texts, @Nullable String language, FindingsOfText findings) {
    List<Passage> passages = passages(texts, language);
    for (DocumentRecognizer recognizer : recognizers) {
      List<List<Finding>> found = recognizer.recognize(passages);
      if (found.size() != texts.size()) {
        throw new IllegalStateException("a recogniser must answer for each passage");
      }
      for (int i = 0; i < found.size(); i++) {
        Unread text = texts.get(i);
        for (Finding finding : found.get(i)) {
          besidePlaceholders(text.text(), finding, part -> findings.accept(text, part));
        }
      }
    }
  }

  /** Takes one finding of one text. */
  @FunctionalInterface
  interface FindingsOfText {
    void accept(Unread text, Finding finding);
  }

  private List<Passage> passages(List<Unread> texts, @Nullable String language) {
    @Nullable String known =
        language == null ? null : Locale.forLanguageTag(language).getLanguage();
    String most = identifier.identifyMost(texts.stream().map(Unread::text).toList(), known).code();
    List<Passage> passages = new ArrayList<>(texts.size());
    for (Unread text : texts) {
      IdentifiedLanguage own = identifier.identify(text.text());
      passages.add(
          new Passage(blanked(text.text()), text.label(), own.isDetermined() ? own.code() : most));
    }
    return passages;
  }

  /** Same length; a placeholder reads as a blank of a form. */
  private static String blanked(String text) {
    if (text.indexOf('<') < 0) {
      return text;
    }
    return ScannedText.PLACEHOLDER
        .matcher(text)
        .replaceAll(placeholder -> "_".repeat(placeholder.group().length()));
  }

  private static void besidePlaceholders(String text, Finding finding, Consumer<Finding> findings) {
    int from = finding.start();
    boolean cut = false;
    Matcher placeholder = ScannedText.PLACEHOLDER.matcher(text);
    while (placeholder.find() && placeholder.start() < finding.end()) {
      if (placeholder.end() > from) {
        cut = true;
        part(text, finding, from, placeholder.start(), cut, findings);
        from = placeholder.end();
      }
    }
    part(text, finding, from, finding.end(), cut, findings);
  }

  private static void part(
      String text, Finding finding, int from, int to, boolean cut, Consumer<Finding> findings) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    if (start >= end) {
      return;
    }
    long signs = text.substring(start, end).codePoints().filter(Character::isLetterOrDigit).count();
    if (signs >= (cut ? MIN_REST : 1)) {
      findings.accept(
          new Finding(finding.type(), start, end, finding.score(), finding.recognizer()));
    }
  }
}
