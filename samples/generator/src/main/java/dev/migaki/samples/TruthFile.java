package dev.migaki.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes {@code planted.json}: the truth about the samples, for the demo and for tests. */
final class TruthFile {
  private final SampleFiles samples;
  private final PlantedTruth truth;

  TruthFile(SampleFiles samples) {
    this.samples = samples;
    this.truth = samples.truth();
  }

  String write() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("company", "Tsuyukusa Works (つゆくさ工房), fictional");
    root.put("findings", truth.findings());
    root.put("secrets", truth.secrets());
    root.put("typos", truth.typos());
    root.put("duplicates", pairs(truth.duplicates()));
    root.put("nearDuplicates", pairs(truth.nearDuplicates()));
    root.put("contradictions", contradictions());
    root.put("rejected", truth.rejected());
    root.put("textTraps", truth.textTraps());
    root.put("changes", changes());
    root.put("newTopic", newTopic());
    root.put("questions", questions(Batch.FIRST));
    return Json.pretty(root);
  }

  private static List<List<String>> pairs(List<PlantedTruth.Pair> pairs) {
    return pairs.stream().map(pair -> List.of(pair.first(), pair.second())).toList();
  }

  private List<Map<String, Object>> contradictions() {
    List<Map<String, Object>> list = new ArrayList<>();
    for (PlantedTruth.Contradicted contradicted : truth.contradicted()) {
      Fact fact = contradicted.fact();
      List<PlantedTruth.Asked> asked = truth.askedIn(Batch.FIRST).getOrDefault(fact, List.of());
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("files", List.of(asked.get(0).file(), contradicted.file()));
      entry.put("language", fact.language().code());
      entry.put("question", fact.wordings().get(0));
      entry.put("answers", List.of(fact.answer(), fact.contradiction().orElseThrow()));
      list.add(entry);
    }
    return list;
  }

  private List<Map<String, Object>> changes() {
    List<Map<String, Object>> list = new ArrayList<>();
    truth
        .askedIn(Batch.SECOND)
        .forEach(
            (fact, asked) -> {
              if (fact.changedAnswer().isPresent()) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("id", fact.qualifiedId());
                entry.put("language", fact.language().code());
                entry.put("question", fact.wordings().get(0));
                entry.put("before", fact.answer());
                entry.put("after", fact.changedAnswer().get());
                entry.put("file", asked.get(0).file());
                entry.put("files", fileNames(asked));
                list.add(entry);
              }
            });
    return list;
  }

  private Map<String, Object> newTopic() {
    Set<Fact> known = truth.askedIn(Batch.FIRST).keySet();
    List<Map<String, Object>> questions =
        questions(Batch.SECOND).stream()
            .filter(
                entry ->
                    known.stream().noneMatch(fact -> fact.qualifiedId().equals(entry.get("id"))))
            .toList();
    Set<Object> topicFiles = new LinkedHashSet<>();
    questions.forEach(entry -> topicFiles.add(entry.get("file")));
    Map<String, Object> topic = new LinkedHashMap<>();
    topic.put("name", "pet");
    topic.put("files", topicFiles);
    topic.put("questions", questions);
    return topic;
  }

  private List<Map<String, Object>> questions(Batch batch) {
    List<Map<String, Object>> list = new ArrayList<>();
    Map<Fact, List<PlantedTruth.Asked>> askedByFact = truth.askedIn(batch);
    for (Language language : Language.values()) {
      for (Fact fact : samples.facts(language).all()) {
        List<PlantedTruth.Asked> asked = askedByFact.getOrDefault(fact, List.of());
        if (!asked.isEmpty()) {
          list.add(question(fact, batch, asked));
        }
      }
    }
    return list;
  }

  private static Map<String, Object> question(
      Fact fact, Batch batch, List<PlantedTruth.Asked> asked) {
    PlantedTruth.Asked primary = asked.get(0);
    List<Map<String, String>> alternatives = new ArrayList<>();
    Set<Integer> seen = new LinkedHashSet<>(List.of(primary.wording()));
    for (PlantedTruth.Asked other : asked) {
      if (seen.add(other.wording())) {
        Map<String, String> alternative = new LinkedHashMap<>();
        alternative.put("question", other.question());
        alternative.put("file", other.file());
        alternatives.add(alternative);
      }
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", fact.qualifiedId());
    entry.put("language", fact.language().code());
    entry.put("topic", fact.topic());
    entry.put("question", primary.question());
    entry.put("answer", fact.answerIn(batch));
    entry.put("file", primary.file());
    entry.put("alternatives", alternatives);
    return entry;
  }

  private static Set<String> fileNames(List<PlantedTruth.Asked> asked) {
    Set<String> names = new LinkedHashSet<>();
    asked.forEach(question -> names.add(question.file()));
    return names;
  }
}
