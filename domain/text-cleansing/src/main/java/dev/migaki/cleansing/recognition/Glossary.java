package dev.migaki.cleansing.recognition;

import static java.util.Objects.requireNonNull;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a tenant declares: terms that are never personal (products, the company's own published
 * contact data) and terms that always go (code names, customers).
 */
public final class Glossary {

  private static final Glossary EMPTY = new Glossary(List.of(), List.of(), List.of());

  private final Set<String> allowed = new HashSet<>();
  private final List<String> confidential;
  private final List<String> persons;
  private final List<String> terms;

  private Glossary(List<String> allowed, List<String> confidential, List<String> persons) {
    this.terms = List.copyOf(allowed);
    this.confidential = List.copyOf(confidential);
    this.persons = List.copyOf(persons);
    for (String term : allowed) {
      this.allowed.add(key(term));
    }
  }

  public static Glossary empty() {
    return EMPTY;
  }

  /**
   * @param allowed never removed: products, published phone numbers, addresses, mail domains
   *     ({@code @example.co.jp} allows every address of that domain)
   * @param confidential always removed as {@link FindingType#CONFIDENTIAL_TERM}
   * @param persons always removed as {@link FindingType#PERSON}: employees, customers
   */
  public static Glossary of(List<String> allowed, List<String> confidential, List<String> persons) {
    return new Glossary(
        requireNonNull(allowed, "allowed"),
        requireNonNull(confidential, "confidential"),
        requireNonNull(persons, "persons"));
  }

  public boolean allows(FindingType type, String value) {
    if (allowed.isEmpty()) {
      return false;
    }
    String key = key(value);
    if (allowed.contains(key)) {
      return true;
    }
    int at = value.indexOf('@');
    return type == FindingType.EMAIL_ADDRESS
        && at >= 0
        && allowed.contains(key(value.substring(at)));
  }

  /** The allowed terms as given. */
  public List<String> terms() {
    return terms;
  }

  public List<String> confidential() {
    return confidential;
  }

  public List<String> persons() {
    return persons;
  }

  /** NFKC, nothing else: full-width digits become digits. */
  public static String folded(String value) {
    return Normalizer.normalize(value, Normalizer.Form.NFKC);
  }

  /** One spelling per value: NFKC, lower case, without spaces, dashes and brackets. */
  public static String key(String value) {
    String folded = folded(value).toLowerCase(Locale.ROOT);
    StringBuilder key = new StringBuilder(folded.length());
    folded
        .codePoints()
        .filter(c -> !Character.isWhitespace(c) && "-‐‑–—−()ー・".indexOf(c) < 0)
        .forEach(key::appendCodePoint);
    return key.toString();
  }
}
