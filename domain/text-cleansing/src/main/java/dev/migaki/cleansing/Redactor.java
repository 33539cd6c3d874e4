package dev.migaki.cleansing;

import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.OverlapResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes findings out of text and proves it: the output is scanned again until it is clean.
 *
 * <p>Findings of later scans are carried back to the input, so that the result always speaks about
 * the text that came in.
 */
final class Redactor {

  private static final int MAX_ROUNDS = 6;
  private static final int PSEUDONYM_DIGITS = 12;

  private final CleansingRecipe recipe;
  private final FindingScanner scanner;
  private final boolean removesAllIdentifiers;

  Redactor(CleansingRecipe recipe) {
    this.recipe = recipe;
    this.scanner = new FindingScanner(recipe);
    this.removesAllIdentifiers =
        Stream.of(FindingType.values())
            .filter(type -> type.group() != FindingType.Group.ATTRIBUTE)
            .allMatch(type -> recipe.treatment(type).removes());
  }

  /** Text with its pieces, each of which stands for a stretch of the input. */
  private record Applied(String text, List<Piece> pieces) {}

  private record Piece(
      int outputStart, int outputEnd, int inputStart, int inputEnd, boolean literal) {}

  /** A redaction that still knows which stretch of the input each of its pieces stands for. */
  static final class Redacted {
    private final Redaction redaction;
    private final List<Piece> pieces;

    private Redacted(Redaction redaction, List<Piece> pieces) {
      this.redaction = redaction;
      this.pieces = pieces;
    }

    Redaction redaction() {
      return redaction;
    }

    /** Findings on the redacted text where they lie in the input. */
    List<Finding> onInput(List<Finding> findings) {
      return movedToInput(findings, pieces);
    }
  }

  /**
   * Whether what is kept can hide nothing: attributes yield to identifiers where they overlap, but
   * an identifier that is kept does not. If so, a text that is clean among what its document knows
   * is clean alone.
   */
  boolean removesAllIdentifiers() {
    return removesAllIdentifiers;
  }

  FindingScanner.Scan scan(String text, @Nullable String label) {
    return scanner.scan(text, label);
  }

  List<Finding> resolve(FindingScanner.Scan scan, DocumentTerms terms) {
    return scanner.resolve(scan, terms);
  }

  void consider(String text, Finding finding, List<Finding> counted) {
    scanner.consider(text, finding, counted);
  }

  boolean removes(Finding finding) {
    return scanner.removes(finding);
  }

  Redacted redact(FindingScanner.Scan scan, DocumentTerms terms, PlaceholderNumbers numbers) {
    String text = scan.scanned().text();
    String label = scan.scanned().label();
    List<Finding> findings = resolve(scan, terms);
    for (int round = 0; ; round++) {
      if (findings.stream().noneMatch(scanner::removes)) {
        Piece whole = new Piece(0, text.length(), 0, text.length(), true);
        return new Redacted(new Redaction(text, findings, List.of()), List.of(whole));
      }
      Applied applied = apply(text, findings, terms, numbers);
      List<Finding> again =
          scanner.resolve(scanner.scan(applied.text, label), terms).stream()
              .filter(scanner::removes)
              .toList();
      if (again.isEmpty() || round == MAX_ROUNDS) {
        return new Redacted(new Redaction(applied.text, findings, again), applied.pieces);
      }
      findings = withLater(findings, again, applied);
    }
  }

  private Applied apply(
      String text, List<Finding> findings, DocumentTerms terms, PlaceholderNumbers numbers) {
    StringBuilder output = new StringBuilder(text.length());
    List<Piece> pieces = new ArrayList<>();
    int position = 0;
    for (Finding finding : findings) {
      if (!scanner.removes(finding)) {
        continue;
      }
      literal(text, position, finding.start(), output, pieces);
      int from = output.length();
      String value = text.substring(finding.start(), finding.end());
      output.append(substitute(finding.type(), value, terms, numbers));
      pieces.add(new Piece(from, output.length(), finding.start(), finding.end(), false));
      position = finding.end();
    }
    literal(text, position, text.length(), output, pieces);
    return new Applied(output.toString(), pieces);
  }

  private static void literal(
      String text, int from, int to, StringBuilder output, List<Piece> pieces) {
    if (to > from) {
      pieces.add(new Piece(output.length(), output.length() + to - from, from, to, true));
      output.append(text, from, to);
    }
  }

  private String substitute(
      FindingType type, String value, DocumentTerms terms, PlaceholderNumbers numbers) {
    return switch (recipe.treatment(type).action()) {
      case REPLACE -> numbered(type, value, numbers);
      case PSEUDONYM ->
          String.format(Locale.ROOT, "<%s_%s>", type, pseudonym(type, terms.identity(type, value)));
      case GENERALISE ->
          Generalisation.of(type, value).orElseGet(() -> numbered(type, value, numbers));
      case MASK -> "*".repeat(Math.min(8, value.length()));
      case DROP -> "";
      case KEEP -> value;
    };
  }

  private static String numbered(FindingType type, String value, PlaceholderNumbers numbers) {
    return String.format(Locale.ROOT, "<%s_%d>", type, numbers.number(type, value));
  }

  private String pseudonym(FindingType type, String value) {
    return recipe.pseudonymKey().mark(type, value).substring(0, PSEUDONYM_DIGITS);
  }

  /** Moves findings on the output back to the input and joins them with the earlier ones. */
  private static List<Finding> withLater(
      List<Finding> earlier, List<Finding> later, Applied applied) {
    List<Finding> joined = new ArrayList<>(earlier);
    joined.addAll(movedToInput(later, applied.pieces));
    return OverlapResolver.resolve(joined);
  }

  private static List<Finding> movedToInput(List<Finding> later, List<Piece> pieces) {
    List<Finding> moved = new ArrayList<>(later.size());
    for (Finding finding : later) {
      int start = -1;
      int end = -1;
      for (int i = firstEndingAfter(pieces, finding.start());
          i < pieces.size() && pieces.get(i).outputStart < finding.end();
          i++) {
        Piece piece = pieces.get(i);
        if (piece.outputEnd <= finding.start()) {
          continue; // what was dropped left nothing behind
        }
        int from =
            piece.literal
                ? piece.inputStart + Math.max(0, finding.start() - piece.outputStart)
                : piece.inputStart;
        int to =
            piece.literal
                ? piece.inputEnd - Math.max(0, piece.outputEnd - finding.end())
                : piece.inputEnd;
        start = start < 0 ? from : Math.min(start, from);
        end = Math.max(end, to);
      }
      if (start >= 0) {
        moved.add(new Finding(finding.type(), start, end, finding.score(), finding.recognizer()));
      }
    }
    return moved;
  }

  private static int firstEndingAfter(List<Piece> pieces, int position) {
    int low = 0;
    int high = pieces.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (pieces.get(middle).outputEnd <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  List<AuditEntry> audit(String text, List<Finding> findings) {
    List<AuditEntry> entries = new ArrayList<>(findings.size());
    for (Finding finding : findings) {
      String value = text.substring(finding.start(), finding.end());
      entries.add(
          new AuditEntry(
              finding.type(),
              finding.start(),
              finding.end(),
              finding.score(),
              finding.recognizer(),
              recipe.treatment(finding.type()).action(),
              recipe.pseudonymKey().mark(finding.type(), value)));
    }
    return entries;
  }
}
