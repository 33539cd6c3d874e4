package dev.migaki.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.contracts.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A scorecard artifact as the evaluation wrote it. */
record ScorecardView(JsonNode json) {
  static final List<String> CONTESTANTS = List.of("base", "few_shot", "tuned", "lookup");
  private static final ObjectMapper JSON = new ObjectMapper();

  static ScorecardView read(Path artifacts, Event.ModelEvaluated event) throws IOException {
    return new ScorecardView(
        JSON.readTree(Files.readAllBytes(artifacts.resolve(event.scorecard().location()))));
  }

  /** Languages that were examined. */
  List<String> languages() {
    List<String> names = new ArrayList<>();
    json.path("languages").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The mean of a metric, NaN where it was not measured. */
  double mean(String language, String contestant, String metric) {
    return metric(language, contestant, metric).path("mean").asDouble(Double.NaN);
  }

  double low(String language, String contestant, String metric) {
    return metric(language, contestant, metric).path("low").asDouble(Double.NaN);
  }

  double high(String language, String contestant, String metric) {
    return metric(language, contestant, metric).path("high").asDouble(Double.NaN);
  }

  int questions(String language) {
    return json.path("languages").path(language).path("tuned").path("n").asInt();
  }

  /** {@code 93 [88–97]}, in percent; a dash where it was not measured. */
  String percent(String language, String contestant, String metric, double unit) {
    double mean = mean(language, contestant, metric);
    if (Double.isNaN(mean)) {
      return "–";
    }
    return String.format(
        Locale.ROOT,
        "%.0f [%.0f–%.0f]",
        mean * unit,
        low(language, contestant, metric) * unit,
        high(language, contestant, metric) * unit);
  }

  /** Scores of one contestant in all languages and overall. */
  ObjectNode of(String contestant) {
    ObjectNode scores = JSON.createObjectNode();
    scores.set("overall", json.path("overall").path(contestant));
    ObjectNode languages = scores.putObject("languages");
    for (String language : languages()) {
      languages.set(language, json.path("languages").path(language).path(contestant));
    }
    return scores;
  }

  private JsonNode metric(String language, String contestant, String metric) {
    return json.path("languages").path(language).path(contestant).path(metric);
  }
}
