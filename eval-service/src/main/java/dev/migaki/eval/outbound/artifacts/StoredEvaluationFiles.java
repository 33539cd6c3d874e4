package dev.migaki.eval.outbound.artifacts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.eval.domain.EvaluationFiles;
import dev.migaki.eval.domain.Exam;
import dev.migaki.eval.domain.ExamQuestion;
import dev.migaki.eval.domain.LossCurve;
import dev.migaki.eval.domain.Scorecard;
import dev.migaki.eval.domain.TrainedPair;
import dev.migaki.metrics.ScoreSummary;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.artifacts.Directories;
import dev.migaki.platform.artifacts.DirectoryArchive;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.TransientFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Exams and models out of the artifact store, scorecards and reports into it. */
@ApplicationScoped
public class StoredEvaluationFiles implements EvaluationFiles {
  private static final ErrorCode ARTIFACT_UNREADABLE = new ErrorCode("ARTIFACT_UNREADABLE");
  private static final ErrorCode WORK_DIRECTORY_UNUSABLE = new ErrorCode("WORK_DIRECTORY_UNUSABLE");

  private final ArtifactStore store;
  private final ObjectMapper mapper;
  private final ObjectMapper scorecards;

  StoredEvaluationFiles(ArtifactStore store, ObjectMapper mapper) {
    this.store = store;
    this.mapper = mapper;
    this.scorecards = mapper.copy().addMixIn(Scorecard.Scores.class, ScoresJson.class);
  }

  /** The wire names of {@link Scorecard.Scores}. */
  private record ScoresJson(
      ScoreSummary base,
      @JsonProperty("few_shot") ScoreSummary fewShot,
      ScoreSummary tuned,
      ScoreSummary lookup) {}

  @Override
  public Exam exam(ArtifactRef manifest) {
    List<ExamQuestion> questions = new ArrayList<>();
    List<TrainedPair> trained = new ArrayList<>();
    try (InputStream in = store.open(manifest)) {
      JsonNode files = mapper.readTree(in).path("files");
      for (String name : List.of("test", "edge", "unanswerable")) {
        forEachLine(files.path(name), line -> questions.add(question(name, line)));
      }
      forEachLine(files.path("train"), line -> pair(line, trained));
    } catch (IOException e) {
      throw new TransientFailure(
          ARTIFACT_UNREADABLE, "cannot read the files of the dataset version", e);
    }
    return new Exam(questions, trained);
  }

  private static ExamQuestion question(String file, JsonNode line) {
    return new ExamQuestion(
        line.path("id").asText(),
        line.path("language").asText(),
        file.equals("unanswerable") ? ExamQuestion.UNANSWERABLE : line.path("kind").asText(file),
        lastContent(line, "user"),
        line.path("reference").asText());
  }

  private static void pair(JsonNode line, List<TrainedPair> trained) {
    trained.add(new TrainedPair(lastContent(line, "user"), lastContent(line, "assistant")));
  }

  private static String lastContent(JsonNode line, String role) {
    String content = "";
    for (JsonNode message : line.path("messages")) {
      if (message.path("role").asText().equals(role)) {
        content = message.path("content").asText();
      }
    }
    return content;
  }

  @Override
  public LossCurve lossCurve(ArtifactRef metrics) {
    List<LossCurve.Point> train = new ArrayList<>();
    List<LossCurve.Point> validation = new ArrayList<>();
    try {
      forEachLine(
          metrics,
          line -> {
            int step = line.path("step").asInt();
            if (line.hasNonNull("trainLoss")) {
              train.add(new LossCurve.Point(step, line.get("trainLoss").asDouble()));
            }
            if (line.hasNonNull("validationLoss")) {
              validation.add(new LossCurve.Point(step, line.get("validationLoss").asDouble()));
            }
          });
    } catch (IOException e) {
      throw new TransientFailure(ARTIFACT_UNREADABLE, "cannot read the metrics of the run", e);
    }
    return new LossCurve(train, validation);
  }

  @Override
  public void unpack(ArtifactRef model, Path directory) {
    try (InputStream zip = store.open(model)) {
      DirectoryArchive.unpack(zip, directory);
    } catch (IOException e) {
      throw new TransientFailure(ARTIFACT_UNREADABLE, "cannot unpack the model", e);
    }
  }

  @Override
  public void clear(Path directory) {
    try {
      Directories.delete(directory);
    } catch (IOException e) {
      throw new TransientFailure(WORK_DIRECTORY_UNUSABLE, "cannot clear the work directory", e);
    }
  }

  @Override
  public ArtifactRef store(Scorecard scorecard) {
    try {
      return store.put(scorecards.writeValueAsBytes(scorecard), "application/json");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a scorecard must have a JSON form", e);
    }
  }

  @Override
  public ArtifactRef storeReport(String html) {
    return store.put(html.getBytes(StandardCharsets.UTF_8), "text/html");
  }

  @Override
  public void forget(ArtifactRef artifact) {
    store.delete(artifact);
  }

  private void forEachLine(JsonNode ref, Consumer<JsonNode> consumer) throws IOException {
    if (!ref.isMissingNode() && !ref.isNull()) {
      forEachLine(mapper.treeToValue(ref, ArtifactRef.class), consumer);
    }
  }

  private void forEachLine(ArtifactRef ref, Consumer<JsonNode> consumer) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(store.open(ref), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          consumer.accept(mapper.readTree(line));
        }
      }
    }
  }
}
