package dev.migaki.cleansing;

import dev.migaki.cleansing.recognition.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes findings out of all texts of a document: what one text proves to be personal is removed
 * from all, and equal values get equal placeholders. Where document recognisers are asked, they
 * read again what redaction made, until they find nothing.
 *
 * <p>For one document, by one thread.
 */
final class DocumentRedaction {

  /** After so many a text in which they still find something is quarantined. */
  private static final int MAX_READINGS = 5;

  private final Redactor redactor;
  private final SecondReading reading;
  private final DocumentTerms terms;
  private final @Nullable String language;
  private final PlaceholderNumbers numbers = new PlaceholderNumbers();
  private final List<FindingScanner.Scan> scans = new ArrayList<>();

  /** Per text what the document recognisers have read last. */
  private final List<String> read = new ArrayList<>();

  /**
   * @param terms what is known beforehand; grows
   * @param language of the document if known
   */
  DocumentRedaction(
      Redactor redactor, SecondReading reading, DocumentTerms terms, @Nullable String language) {
    this.redactor = redactor;
    this.reading = reading;
    this.terms = terms;
    this.language = language;
  }

  void add(String text, @Nullable String label) {
    numbers.reserve(text);
    scans.add(redactor.scan(text, label));
  }

  /** Of each text, in the order in which they were added. */
  List<Redaction> redact() {
    if (reading.asksNobody()) {
      return redactAll().stream().map(Redactor.Redacted::redaction).toList();
    }
    scans.forEach(scan -> read.add(scan.scanned().text()));
    List<SecondReading.Unread> all = new ArrayList<>();
    for (int i = 0; i < scans.size(); i++) {
      all.add(unread(i));
    }
    findings(all).forEach(this::addCandidates);
    List<Redactor.Redacted> redacted = redactAll();
    Map<Integer, List<Finding>> left = readAgain(redacted);
    for (int readings = 2; !left.isEmpty() && readings < MAX_READINGS; readings++) {
      for (Map.Entry<Integer, List<Finding>> text : left.entrySet()) {
        int index = text.getKey();
        addCandidates(index, redacted.get(index).onInput(text.getValue()));
      }
      redacted = redactAll();
      left = readAgain(redacted);
    }
    return withResidue(redacted, left);
  }

  private List<Redactor.Redacted> redactAll() {
    for (FindingScanner.Scan scan : scans) {
      terms.addFindings(scan.scanned().text(), redactor.resolve(scan, terms));
    }
    List<Redactor.Redacted> redacted = new ArrayList<>(scans.size());
    for (FindingScanner.Scan scan : scans) {
      redacted.add(redactor.redact(scan, terms, numbers));
    }
    return redacted;
  }

  private void addCandidates(int index, List<Finding> findings) {
    scans.set(index, scans.get(index).with(findings));
  }

  /** What is to be removed from the texts that redaction has changed since they were read. */
  private Map<Integer, List<Finding>> readAgain(List<Redactor.Redacted> redacted) {
    List<SecondReading.Unread> changed = new ArrayList<>();
    for (int i = 0; i < redacted.size(); i++) {
      String text = redacted.get(i).redaction().text();
      if (!text.equals(read.get(i))) {
        read.set(i, text);
        changed.add(unread(i));
      }
    }
    Map<Integer, List<Finding>> left = findings(changed);
    left.values().forEach(found -> found.removeIf(finding -> !redactor.removes(finding)));
    left.values().removeIf(List::isEmpty);
    return left;
  }

  private SecondReading.Unread unread(int index) {
    return new SecondReading.Unread(index, read.get(index), scans.get(index).scanned().label());
  }

  private Map<Integer, List<Finding>> findings(List<SecondReading.Unread> texts) {
    Map<Integer, List<Finding>> byText = new TreeMap<>();
    if (!texts.isEmpty()) {
      reading.read(
          texts,
          language,
          (text, finding) ->
              redactor.consider(
                  text.text(),
                  finding,
                  byText.computeIfAbsent(text.index(), index -> new ArrayList<>())));
    }
    return byText;
  }

  private static List<Redaction> withResidue(
      List<Redactor.Redacted> redacted, Map<Integer, List<Finding>> left) {
    List<Redaction> redactions = new ArrayList<>(redacted.size());
    for (int i = 0; i < redacted.size(); i++) {
      Redaction redaction = redacted.get(i).redaction();
      List<Finding> residue = new ArrayList<>(redaction.residue());
      residue.addAll(left.getOrDefault(i, List.of()));
      redactions.add(new Redaction(redaction.text(), redaction.findings(), residue));
    }
    return redactions;
  }
}
