package dev.migaki.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cli.bus.DocumentSubmitter;
import dev.migaki.cli.stack.StageService;
import dev.migaki.cli.view.DatasetView;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.EventJson;
import dev.migaki.contracts.EventType;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.artifacts.FileArtifactStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The control experiment of the gate: the same version is promoted as it is, and not when its
 * training answers were dealt out anew, although losses fall and every answer sounds right.
 */
final class ShuffledAnswersIT {
  private static final long SEED = 20261127;
  private static final String SHUFFLED = "shuffled";
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void shouldNotPromoteWhenTrainingAnswersAreShuffled() throws IOException {
    String recipe = TestStack.recipe("control.yaml");
    try (TestStack stack = TestStack.start(directory, recipe, List.of(StageService.values()));
        DocumentSubmitter submitter = stack.submitter()) {
      // Given a version whose model is promoted
      for (Branches.Page page : Branches.pages(12)) {
        DocumentSubmitter.await(
            submitter.send(
                TestStack.DATASET, page.text().getBytes(StandardCharsets.UTF_8), page.name()));
      }
      stack.awaitDataset(PATIENCE, view -> assertThat(verdict(view)).isNotEmpty());
      assertThat(verdict(stack.pipeline().dataset(TestStack.DATASET))).isEqualTo("promote");

      // When the same version is sealed with its training answers shuffled
      Event.DatasetSealed sealed =
          stack.pipeline().dataset(TestStack.DATASET).newestVersion().orElseThrow();
      publish(stack.state().kafka(), shuffled(sealed, Path.of(stack.state().artifacts())));

      // Then
      stack.awaitDataset(SHUFFLED, PATIENCE, view -> assertThat(verdict(view)).isNotEmpty());
      DatasetView view = stack.pipeline().dataset(SHUFFLED);
      assertThat(verdict(view)).isNotEqualTo("promote");
      assertThat(view.deployments()).isEmpty();
    }
  }

  private static String verdict(DatasetView view) {
    return view.newestEvaluation().map(Event.ModelEvaluated::verdict).orElse("");
  }

  private static Event.DatasetSealed shuffled(Event.DatasetSealed sealed, Path artifacts)
      throws IOException {
    ArtifactStore store = new FileArtifactStore(artifacts);
    ObjectNode manifest = (ObjectNode) JSON.readTree(store.read(sealed.manifest()));
    ObjectNode files = (ObjectNode) manifest.get("files");
    ArtifactRef train = JSON.treeToValue(files.get("train"), ArtifactRef.class);
    String text = new String(store.read(train), StandardCharsets.UTF_8);
    ArtifactRef dealt =
        store.put(dealtAnew(text).getBytes(StandardCharsets.UTF_8), train.mediaType());
    files.set("train", JSON.valueToTree(dealt));
    manifest.put("dataset", SHUFFLED);
    return new Event.DatasetSealed(
        SHUFFLED,
        dealt.sha256(),
        1,
        sealed.trainExamples(),
        sealed.validationExamples(),
        sealed.testExamples(),
        sealed.edgeExamples(),
        sealed.trainTokens(),
        sealed.documents(),
        sealed.findings(),
        store.put(JSON.writeValueAsBytes(manifest), sealed.manifest().mediaType()),
        sealed.preferencePairs());
  }

  /** Every answer goes to the questions of another answer: as learnable as before, and wrong. */
  private static String dealtAnew(String jsonl) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : jsonl.lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    List<String> answers =
        new ArrayList<>(lines.stream().map(ShuffledAnswersIT::answer).distinct().sorted().toList());
    Collections.shuffle(answers, new Random(SEED));
    Map<String, String> next = new HashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      next.put(answers.get(i), answers.get((i + 1) % answers.size()));
    }
    StringBuilder dealt = new StringBuilder();
    for (JsonNode line : lines) {
      ObjectNode last = (ObjectNode) line.path("messages").get(line.path("messages").size() - 1);
      last.put("content", next.get(answer(line)));
      dealt.append(JSON.writeValueAsString(line)).append('\n');
    }
    return dealt.toString();
  }

  private static String answer(JsonNode line) {
    JsonNode messages = line.path("messages");
    return messages.get(messages.size() - 1).path("content").asText();
  }

  private static void publish(String kafka, Event event) throws IOException {
    EventType type = EventType.of(event);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(type.topic(), event.dataset(), EventJson.write(event));
    Map.of(
            "ce_specversion", "1.0",
            "ce_id", "control-" + SHUFFLED,
            "ce_type", type.wireName(),
            "ce_source", "/migaki/test",
            "ce_time", "2026-11-27T00:00:00Z",
            "content-type", "application/json")
        .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      DocumentSubmitter.await(producer.send(record));
    }
  }
}
