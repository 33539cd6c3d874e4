package dev.migaki.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cli.demo.DemoResult.Batch;
import dev.migaki.cli.demo.DemoResult.Second;
import dev.migaki.cli.demo.Pursuit.Ending;
import dev.migaki.cli.view.DatasetView;
import dev.migaki.cli.view.PipelineView;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Holds the outcome against what was promised; believes artifacts more than reports. */
final class PromiseCheck {
  /** Share of changed answers that must have changed in the model's replies. */
  private static final double CHANGED_SHARE = 0.6;

  private final DemoPlan plan;
  private final PipelineView pipeline;
  private final DatasetView view;
  private final Promises promises;

  PromiseCheck(DemoPlan plan, PipelineView pipeline, DatasetView view, Promises promises) {
    this.plan = plan;
    this.pipeline = pipeline;
    this.view = view;
    this.promises = promises;
  }

  void check(long dropped, Map<String, Long> states, Optional<Batch> first, Optional<Second> second)
      throws IOException {
    documents(dropped, states);
    if (first.isPresent()) {
      model(first.get());
      if (plan.planted().isPresent()) {
        planted(plan.planted().get(), first.get());
      }
    }
    if (second.isPresent()) {
      retraining(second.get());
    }
  }

  private void documents(long dropped, Map<String, Long> states) {
    long accounted = states.values().stream().mapToLong(Long::longValue).sum();
    promises.check(
        "every document ends in exactly one state",
        accounted == dropped,
        dropped + " dropped, " + new TreeMap<>(states));
    promises.check(
        "nothing ends as a dead letter",
        pipeline.deadLetters().isEmpty(),
        pipeline.deadLetters().size() + " dead letters");
  }

  private void model(Batch first) {
    if (first.ending() instanceof Ending.Deployed deployed) {
      promises.check(
          "the tuned model is promoted and answers under the dataset's name",
          deployed.deployment().alias().equals(plan.dataset()),
          "%s, %d s after the drop"
              .formatted(deployed.deployment().modelId(), first.dropToDeployed().toSeconds()));
    }
    ScorecardView scores = first.scorecard();
    for (String language : scores.languages()) {
      boolean twice =
          scores.mean(language, "tuned", "tokenF1") >= 2 * scores.mean(language, "base", "tokenF1")
              && scores.mean(language, "tuned", "chrF") >= 2 * scores.mean(language, "base", "chrF")
              && scores.low(language, "tuned", "tokenF1") > scores.high(language, "base", "tokenF1")
              && scores.mean(language, "tuned", "tokenF1")
                  > scores.mean(language, "few_shot", "tokenF1");
      promises.check(
          "tuned beats base twofold and the few-shot prompt (" + language + ")",
          twice,
          "token F1 %s, few-shot %s, base %s"
              .formatted(
                  scores.percent(language, "tuned", "tokenF1", 100),
                  scores.percent(language, "few_shot", "tokenF1", 100),
                  scores.percent(language, "base", "tokenF1", 100)));
      promises.check(
          "at least 60 % of held-out questions are answered right (" + language + ")",
          scores.mean(language, "tuned", "answeredRight") >= 0.6,
          scores.percent(language, "tuned", "answeredRight", 100) + " %");
    }
  }

  private void planted(Planted planted, Batch first) throws IOException {
    List<Planted.Value> left = new PlantedSearch(first.sealed().text()).remaining(planted.values());
    promises.check(
        "planted personal data and secrets are gone from the sealed files",
        left.isEmpty(),
        left.isEmpty()
            ? planted.values().size() + " values looked for, none found"
            : "still there: "
                + left.stream().map(v -> v.type() + " from " + v.file()).distinct().toList());
    List<String> missed =
        planted.rejected().stream()
            .filter(refusal -> !isRejected(refusal))
            .map(refusal -> refusal.file() + " (" + refusal.code() + ")")
            .toList();
    promises.check(
        "damaged, encrypted, empty and unreadable files are rejected by name with the reason",
        missed.isEmpty(),
        missed.isEmpty() ? planted.rejected().size() + " files" : "not as expected: " + missed);
    nearDuplicates(planted, first.sealed());
    contradictions(planted, first.sealed());
  }

  private boolean isRejected(Planted.Refusal refusal) {
    return view.rejected().stream()
        .anyMatch(
            rejected ->
                rejected.filename().endsWith(refusal.file())
                    && rejected.code().equals(refusal.code())
                    && !rejected.message().isBlank());
  }

  private void nearDuplicates(Planted planted, SealedVersion sealed) {
    Set<String> seen = new HashSet<>();
    long repeated = sealed.lines("train").stream().filter(line -> !seen.add(line)).count();
    int collapsed = duplicateCount(view.rejects()) + duplicatesIn(sealed.manifest());
    promises.check(
        "duplicates and near-duplicates are collapsed",
        repeated == 0 && collapsed >= planted.nearDuplicates().size(),
        "%d collapsed, %d repeated lines in the training file".formatted(collapsed, repeated));
  }

  private static int duplicateCount(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().toLowerCase(java.util.Locale.ROOT).contains("duplicate"))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private static int duplicatesIn(JsonNode node) {
    int sum = 0;
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      boolean named = field.getKey().toLowerCase(java.util.Locale.ROOT).contains("duplicate");
      if (named && field.getValue().isNumber()) {
        sum += field.getValue().asInt();
      } else if (named && field.getValue().isArray()) {
        sum += field.getValue().size();
      } else if (field.getValue().isObject()) {
        sum += duplicatesIn(field.getValue());
      }
    }
    return sum;
  }

  private void contradictions(Planted planted, SealedVersion sealed) {
    List<String> flagged = sealed.lines("contradictions");
    List<String> missed =
        planted.contradictions().stream()
            .filter(
                one ->
                    flagged.stream()
                        .noneMatch(line -> one.answers().stream().allMatch(line::contains)))
            .map(Planted.Contradiction::question)
            .toList();
    promises.check(
        "contradicting answers are flagged",
        missed.isEmpty(),
        missed.isEmpty()
            ? planted.contradictions().size() + " planted, all flagged"
            : "not flagged: " + missed);
  }

  private void retraining(Second second) {
    if (second.batch().ending() instanceof Ending.Deployed deployed) {
      promises.check(
          "the second batch leads to a new version, run, scorecard and deployment by itself",
          true,
          "version %d, %s".formatted(deployed.version().number(), deployed.deployment().modelId()));
      promises.check(
          "the previous model stays ready for a rollback",
          deployed.deployment().previousModelId() != null,
          String.valueOf(deployed.deployment().previousModelId()));
    }
    if (!second.changed().isEmpty()) {
      long changed = second.changed().stream().filter(SideBySide.ChangedAnswer::changed).count();
      promises.check(
          "changed answers change in the model's replies",
          changed >= CHANGED_SHARE * second.changed().size(),
          changed + " of " + second.changed().size());
    }
  }
}
