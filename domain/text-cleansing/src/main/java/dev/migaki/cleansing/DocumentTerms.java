package dev.migaki.cleansing;

import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Glossary;
import dev.migaki.cleansing.recognition.KeywordMatcher;
import dev.migaki.cleansing.recognition.PersonNames;
import dev.migaki.cleansing.recognition.ScannedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values that are known to be personal in this document, wherever they stand.
 *
 * <p>A name is introduced once and then used bare; a customer number is labelled once. What one
 * block proves holds for all blocks.
 */
final class DocumentTerms {

  private static final double SURE = 0.7;
  private static final double PROPAGATED_SCORE = 0.85;

  private final List<String> surfaces = new ArrayList<>();
  private final List<FindingType> types = new ArrayList<>();
  private final Map<String, Integer> known = new LinkedHashMap<>();
  private final Set<String> persons = new LinkedHashSet<>();
  private @Nullable KeywordMatcher matcher;

  void addTenantTerms(Glossary glossary) {
    for (String term : glossary.confidential()) {
      add(term, FindingType.CONFIDENTIAL_TERM);
    }
    for (String person : glossary.persons()) {
      addPerson(person);
    }
  }

  void addPerson(String name) {
    if (name.strip().length() > 1) {
      persons.add(name.strip());
    }
    for (String form : PersonNames.forms(name)) {
      add(form, FindingType.PERSON);
    }
  }

  /**
   * Who a value stands for: a part of a name that the document knows in full stands for the full
   * name, so that its pseudonym is the same in every document that names the person.
   */
  String identity(FindingType type, String value) {
    if (type != FindingType.PERSON) {
      return value;
    }
    String key = Glossary.key(value);
    String longest = value;
    for (String person : persons) {
      String other = Glossary.key(person);
      boolean part = PersonNames.isPartOf(key, other);
      if (part && other.length() > Glossary.key(longest).length()) {
        longest = person;
      }
    }
    return longest;
  }

  void addFindings(String text, List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.score() < SURE) {
        continue;
      }
      String value = text.substring(finding.start(), finding.end());
      switch (finding.type()) {
        case PERSON -> addPerson(value);
        case CUSTOMER_ID,
            ORDER_NUMBER,
            MEDICAL_RECORD,
            EMPLOYEE_ID,
            HEALTH_INSURANCE,
            PASSPORT,
            DRIVERS_LICENSE,
            BANK_ACCOUNT,
            PENSION_NUMBER,
            USERNAME,
            PASSWORD,
            API_KEY,
            MY_NUMBER,
            PHONE_NUMBER,
            STREET_ADDRESS,
            RESIDENCE_CARD,
            NATIONAL_ID,
            TAX_ID -> {
          if (value.length() >= 6) {
            add(value, finding.type());
          }
        }
        case EMAIL_ADDRESS,
            POSTAL_CODE,
            CORPORATE_NUMBER,
            CREDIT_CARD,
            IBAN,
            SSN,
            DATE_OF_BIRTH,
            AGE,
            IP_ADDRESS,
            MAC_ADDRESS,
            VEHICLE_PLATE,
            CRYPTO_ADDRESS,
            URL_CREDENTIALS,
            PRIVATE_KEY,
            JWT,
            CONFIDENTIAL_TERM,
            LOCATION,
            ORGANIZATION,
            NATIONALITY,
            DATE_TIME,
            TITLE -> {
          // their form is found without help, or they are common words
        }
      }
    }
  }

  private void add(String surface, FindingType type) {
    String folded = ScannedText.of(surface).lower();
    if (!folded.isBlank() && !known.containsKey(folded)) {
      known.put(folded, surfaces.size());
      surfaces.add(folded);
      types.add(type);
      matcher = null;
    }
  }

  boolean isEmpty() {
    return surfaces.isEmpty();
  }

  /** Reports each known value that stands as a word of its own. */
  void recognize(ScannedText text, Consumer<Finding> findings) {
    if (surfaces.isEmpty()) {
      return;
    }
    KeywordMatcher ready = matcher;
    if (ready == null) {
      ready = KeywordMatcher.of(surfaces);
      matcher = ready;
    }
    ready.scan(
        text.lower(),
        (start, end, keyword) -> {
          FindingType type = types.get(keyword);
          boolean person = type == FindingType.PERSON;
          if (person ? PersonNames.standsAlone(text, start, end) : isWhole(text, start, end)) {
            findings.accept(new Finding(type, start, end, PROPAGATED_SCORE, "known-in-document"));
          }
        });
  }

  private static boolean isWhole(ScannedText text, int start, int end) {
    return !(isWordChar(text.at(start - 1)) && isWordChar(text.at(start)))
        && !(isWordChar(text.at(end)) && isWordChar(text.at(end - 1)));
  }

  private static boolean isWordChar(char c) {
    return c < 0x80 && Character.isLetterOrDigit(c);
  }
}
