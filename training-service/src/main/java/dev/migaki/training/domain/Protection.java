package dev.migaki.training.domain;

import static java.util.Objects.requireNonNull;

import dev.migaki.contracts.ArtifactRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run does against forgetting.
 *
 * @param replayShare share of each earlier version's examples that is trained again, 0..1
 * @param elasticStrength λ of elastic weight consolidation, 0 for none
 * @param earlier the versions to remember, oldest first
 */
public record Protection(double replayShare, double elasticStrength, List<Earlier> earlier) {

  private static final int MOST_VERSIONS = 5;

  /** Nothing to remember. */
  public static final Protection NONE = new Protection(0, 0, List.of());

  public Protection {
    earlier = List.copyOf(earlier);
  }

  /**
   * What the rules ask for.
   *
   * @param version the one to be trained
   * @param newestFirst what models were trained on and no erased document was in; of equal versions
   *     and beyond the newest five, none is taken
   * @param goesOn whether the run starts from an earlier model: only then are there weights to hold
   */
  public static Protection by(
      TrainingRecipe.RetrainRules rules,
      String version,
      List<Earlier> newestFirst,
      boolean goesOn) {
    double strength = goesOn ? rules.elasticStrength() : 0;
    Map<String, Earlier> taken = new LinkedHashMap<>();
    for (Earlier earlier : newestFirst) {
      if (!earlier.version().equals(version) && taken.size() < MOST_VERSIONS) {
        taken.putIfAbsent(earlier.version(), earlier);
      }
    }
    if (taken.isEmpty() || (rules.replayShare() == 0 && strength == 0)) {
      return NONE;
    }
    List<Earlier> oldestFirst = new ArrayList<>(taken.values());
    Collections.reverse(oldestFirst);
    return new Protection(rules.replayShare(), strength, oldestFirst);
  }

  /** An earlier version of the dataset. */
  public record Earlier(String version, ArtifactRef manifest) {
    public Earlier {
      requireNonNull(version, "version");
      requireNonNull(manifest, "manifest");
    }
  }

  /** Without a version, for instance because a document of it was erased. */
  public Protection without(String version) {
    List<Earlier> left = earlier.stream().filter(e -> !e.version().equals(version)).toList();
    return left.isEmpty() ? NONE : new Protection(replayShare, elasticStrength, left);
  }
}
