package dev.migaki.cleansing;

import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.FindingType;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many findings of each type; types without a finding are absent.
 *
 * @param byType in the order of {@link FindingType}
 */
public record FindingCounts(Map<FindingType, Integer> byType) {

  public FindingCounts {
    Map<FindingType, Integer> ordered = new EnumMap<>(FindingType.class);
    ordered.putAll(byType);
    byType = Collections.unmodifiableMap(ordered);
  }

  public static FindingCounts none() {
    return new FindingCounts(Map.of());
  }

  public static FindingCounts of(List<Finding> findings) {
    Map<FindingType, Integer> counts = new EnumMap<>(FindingType.class);
    for (Finding finding : findings) {
      counts.merge(finding.type(), 1, Integer::sum);
    }
    return new FindingCounts(counts);
  }

  public FindingCounts plus(FindingCounts other) {
    Map<FindingType, Integer> sum = new EnumMap<>(FindingType.class);
    sum.putAll(byType);
    other.byType.forEach((type, count) -> sum.merge(type, count, Integer::sum));
    return new FindingCounts(sum);
  }

  public int total() {
    return byType.values().stream().mapToInt(Integer::intValue).sum();
  }
}
