package dev.migaki.cleansing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a document besides its text.
 *
 * @param language ISO 639-1 code for blocks too short to tell; null if unknown
 * @param persons names that the document's structure gives: speakers, mail headers, authors
 */
public record DocumentContext(@Nullable String language, List<String> persons) {

  private static final DocumentContext NOTHING = new DocumentContext(null, List.of());

  public DocumentContext {
    persons = List.copyOf(persons);
  }

  public static DocumentContext nothingKnown() {
    return NOTHING;
  }

  public static DocumentContext ofPersons(List<String> persons) {
    return new DocumentContext(null, persons);
  }

  @Override
  public String toString() {
    return "DocumentContext[language=" + language + ", persons=" + persons.size() + "]";
  }
}
