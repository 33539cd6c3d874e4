package dev.migaki.cleansing.generated;

import dev.migaki.cleansing.TextCleanser;
import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.FindingType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Precision and recall over generated cases. Right is a finding of the case's type that covers the
 * value and at most four characters more; every other removed finding is wrong.
 */
public final class IdentifierScore {

  private int expected;
  private int found;
  private int wrong;
  private final Map<String, Integer> errors = new TreeMap<>();

  public static IdentifierScore of(TextCleanser cleanser, List<GeneratedCase> cases) {
    IdentifierScore score = new IdentifierScore();
    for (GeneratedCase generated : cases) {
      score.add(generated, cleanser.find(generated.text()));
    }
    return score;
  }

  private void add(GeneratedCase generated, List<Finding> findings) {
    boolean hit = false;
    for (Finding finding : findings) {
      if (finding.type().group() == FindingType.Group.ATTRIBUTE) {
        continue;
      }
      boolean right =
          finding.type() == generated.type()
              && finding.start() <= generated.start()
              && finding.end() >= generated.end()
              && finding.length() <= generated.end() - generated.start() + 4;
      hit |= right;
      if (!right) {
        wrong++;
        errors.merge("WRONG " + finding.type() + " in: " + generated.text(), 1, Integer::sum);
      }
    }
    if (generated.type() != null) {
      expected++;
      found += hit ? 1 : 0;
      if (!hit) {
        errors.merge("MISSED " + generated.type() + " in: " + generated.text(), 1, Integer::sum);
      }
    }
  }

  public double recall() {
    return (double) found / expected;
  }

  public double precision() {
    return (double) found / (found + wrong);
  }

  public Map<String, Integer> errors() {
    return errors;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d values, recall %.4f, precision %.4f (%d wrong)",
        expected,
        recall(),
        precision(),
        wrong);
  }
}
