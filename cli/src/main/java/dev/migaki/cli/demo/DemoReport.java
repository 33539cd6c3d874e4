package dev.migaki.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cli.demo.DemoResult.Batch;
import dev.migaki.cli.demo.DemoResult.Second;
import dev.migaki.cli.demo.Pursuit.Ending;
import dev.migaki.cli.view.DatasetView;
import dev.migaki.cli.view.RunView;
import dev.migaki.contracts.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The demonstration's results as JSON, for machines and for benchmarks. */
final class DemoReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DemoReport() {}

  static void write(DemoResult result, Environment environment, Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Files.write(
        target, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(result, environment)));
  }

  static ObjectNode json(DemoResult result, Environment environment) {
    ObjectNode report = JSON.createObjectNode();
    report.set("documents", documents(result));
    report.set("findings", JSON.valueToTree(result.view().findings()));
    report.set("examples", examples(result));
    report.set("version", JSON.createObjectNode());
    report.set("run", JSON.createObjectNode());
    report.set("scores", JSON.createObjectNode());
    report.put("verdict", "none");
    report.set("deployment", JSON.createObjectNode());
    result.first().ifPresent(first -> firstBatch(report, first));
    report.set("answers", JSON.valueToTree(result.answers()));
    report.set(
        "retraining", result.second().map(DemoReport::retraining).orElse(JSON.createObjectNode()));
    report.put("seconds", result.seconds().toMillis() / 1000.0);
    report.put("memory_mb", result.peakMegabytes());
    report.set("environment", environment.json());
    report.put("start_seconds", result.startUp().toMillis() / 1000.0);
    report.set("promises", JSON.valueToTree(result.promises().all()));
    return report;
  }

  private static ObjectNode documents(DemoResult result) {
    ObjectNode documents = JSON.createObjectNode();
    documents.put("dataset", result.dataset());
    documents.put("dropped", result.dropped());
    documents.put("ingested", result.view().ingested());
    documents.set("by_state", JSON.valueToTree(result.states()));
    ArrayNode rejected = documents.putArray("rejected");
    for (DatasetView.DocumentState.Rejected one : result.view().rejected()) {
      rejected
          .addObject()
          .put("file", one.filename())
          .put("code", one.code())
          .put("message", one.message());
    }
    return documents;
  }

  private static ObjectNode examples(DemoResult result) {
    ObjectNode examples = JSON.createObjectNode();
    examples.put("extracted", result.view().examples());
    examples.set("dropped", JSON.valueToTree(result.view().rejects()));
    return examples;
  }

  private static void firstBatch(ObjectNode report, Batch first) {
    Event.ModelEvaluated evaluation =
        first.ending() instanceof Ending.Deployed deployed
            ? deployed.evaluation()
            : ((Ending.NotPromoted) first.ending()).evaluation();
    report.set("version", version(DemoTables.version(first.ending())));
    for (String key : List.of("counts", "tokens", "languages", "kinds", "rejects")) {
      ((ObjectNode) report.path("version")).set(key, first.sealed().manifest().path(key));
    }
    report.set("run", run(DemoTables.run(first.ending())));
    ObjectNode scores = JSON.createObjectNode();
    ScorecardView.CONTESTANTS.forEach(name -> scores.set(name, first.scorecard().of(name)));
    scores.set("unanswerable", first.scorecard().json().path("unanswerable"));
    scores.set("losses", first.scorecard().json().path("losses"));
    report.set("scores", scores);
    report.put("verdict", evaluation.verdict());
    report.set("reasons", JSON.valueToTree(evaluation.reasons()));
    report.set("deployment", deployment(first));
  }

  private static ObjectNode version(Event.DatasetSealed version) {
    ObjectNode json = JSON.valueToTree(version);
    json.remove("manifest");
    return json;
  }

  private static ObjectNode run(RunView run) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", run.runId());
    json.put("attempts", run.attempts());
    run.quote().ifPresent(quote -> json.set("quote", JSON.valueToTree(quote)));
    run.model()
        .ifPresent(
            model -> {
              json.put("model", model.modelId());
              json.put("method", model.method());
              json.put("base_model", model.baseModel());
              json.put("trained_tokens", model.trainedTokens());
              json.put("seconds", model.seconds());
              json.put("cost", model.cost());
              json.put("currency", model.currency());
              json.put("train_loss", model.trainLoss());
              json.put("validation_loss", model.validationLoss());
              json.put("model_bytes", model.model().sizeBytes());
            });
    ArrayNode curve = json.putArray("curve");
    for (Event.RunProgressed progress : run.progress()) {
      curve
          .addObject()
          .put("step", progress.step())
          .put("train_loss", progress.trainLoss())
          .put("validation_loss", progress.validationLoss())
          .put("token_accuracy", progress.tokenAccuracy())
          .put("seconds", progress.elapsedSeconds());
    }
    return json;
  }

  private static ObjectNode deployment(Batch batch) {
    ObjectNode json = JSON.createObjectNode();
    if (batch.ending() instanceof Ending.Deployed deployed) {
      json.put("alias", deployed.deployment().alias());
      json.put("model", deployed.deployment().modelId());
      json.put("previous", deployed.deployment().previousModelId());
      json.put("reason", deployed.deployment().reason());
    }
    json.put("drop_to_deployed_seconds", batch.dropToDeployed().toMillis() / 1000.0);
    return json;
  }

  private static ObjectNode retraining(Second second) {
    ObjectNode json = JSON.createObjectNode();
    json.put("dropped", second.dropped());
    json.set("version", version(DemoTables.version(second.batch().ending())));
    json.set("run", run(DemoTables.run(second.batch().ending())));
    ObjectNode scores = json.putObject("scores");
    ScorecardView.CONTESTANTS.forEach(
        name -> scores.set(name, second.batch().scorecard().of(name)));
    json.set("deployment", deployment(second.batch()));
    ArrayNode answers = json.putArray("answers");
    for (SideBySide.ChangedAnswer answer : second.changed()) {
      ObjectNode one = JSON.valueToTree(answer);
      one.put("changed", answer.changed());
      answers.add(one);
    }
    return json;
  }

  /** Names of the promises that did not hold. */
  static List<String> broken(DemoResult result) {
    return result.promises().all().stream()
        .filter(promise -> !promise.held())
        .map(Promises.Promise::what)
        .toList();
  }
}
