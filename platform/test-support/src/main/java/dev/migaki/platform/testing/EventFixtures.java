package dev.migaki.platform.testing;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Topics;
import dev.migaki.platform.artifacts.ContentHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Valid events for tests: name what the test is about, the rest has a value. */
public final class EventFixtures {

  private EventFixtures() {}

  /** A reference to the UTF-8 bytes of a text; the same text gives the same reference. */
  public static ArtifactRef anArtifact(String text, String mediaType) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return ContentHash.copy(new ByteArrayInputStream(bytes), OutputStream.nullOutputStream())
          .toRef(mediaType);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  public static DocumentIngestedBuilder aDocumentIngested() {
    return new DocumentIngestedBuilder();
  }

  public static DatasetSealedBuilder aDatasetSealed() {
    return new DatasetSealedBuilder();
  }

  public static ModelTrainedBuilder aModelTrained() {
    return new ModelTrainedBuilder();
  }

  public static ModelEvaluatedBuilder aModelEvaluated() {
    return new ModelEvaluatedBuilder();
  }

  public static Event.DocumentErased aDocumentErased(String dataset, String documentId) {
    return new Event.DocumentErased(dataset, documentId, new Event.Position(Topics.INGEST, 0, 0));
  }

  public static Event.RetrainRequested aRetrainRequested(String dataset, String version) {
    return new Event.RetrainRequested(
        dataset, version, "train loss is far below validation loss", Map.of("epochs", "2"));
  }

  /** Builds {@link Event.DocumentIngested}. */
  public static final class DocumentIngestedBuilder {
    private String dataset = "support-ja";
    private String documentId = "faq";
    private int version = 1;
    private String filename = "faq.html";
    private String mediaType = "text/html";
    private String language = "ja";
    private ArtifactRef original = anArtifact("<p>original</p>", "text/html");
    private ArtifactRef parsed = anArtifact("{}", "application/vnd.migaki.parsed+json");
    private long offset;

    public DocumentIngestedBuilder withDataset(String value) {
      dataset = value;
      return this;
    }

    public DocumentIngestedBuilder withDocumentId(String value) {
      documentId = value;
      return this;
    }

    public DocumentIngestedBuilder withVersion(int value) {
      version = value;
      return this;
    }

    public DocumentIngestedBuilder withFilename(String value) {
      filename = value;
      return this;
    }

    public DocumentIngestedBuilder withMediaType(String value) {
      mediaType = value;
      return this;
    }

    public DocumentIngestedBuilder withLanguage(String value) {
      language = value;
      return this;
    }

    public DocumentIngestedBuilder withOriginal(ArtifactRef value) {
      original = value;
      return this;
    }

    public DocumentIngestedBuilder withParsed(ArtifactRef value) {
      parsed = value;
      return this;
    }

    public DocumentIngestedBuilder withOffset(long value) {
      offset = value;
      return this;
    }

    public Event.DocumentIngested build() {
      return new Event.DocumentIngested(
          dataset,
          documentId,
          version,
          filename,
          mediaType,
          language,
          "test",
          original,
          parsed,
          new Event.Position(Topics.INGEST, 0, offset));
    }
  }

  /** Builds {@link Event.DatasetSealed}. */
  public static final class DatasetSealedBuilder {
    private String dataset = "support-ja";
    private String version = "5e".repeat(32);
    private int number = 1;
    private int trainExamples = 100;
    private long trainTokens = 5_000;
    private ArtifactRef manifest = anArtifact("{}", "application/vnd.migaki.manifest+json");

    public DatasetSealedBuilder withDataset(String value) {
      dataset = value;
      return this;
    }

    public DatasetSealedBuilder withVersion(String value) {
      version = value;
      return this;
    }

    public DatasetSealedBuilder withNumber(int value) {
      number = value;
      return this;
    }

    public DatasetSealedBuilder withExamples(int value) {
      trainExamples = value;
      return this;
    }

    public DatasetSealedBuilder withTrainTokens(long value) {
      trainTokens = value;
      return this;
    }

    public DatasetSealedBuilder withManifest(ArtifactRef value) {
      manifest = value;
      return this;
    }

    public Event.DatasetSealed build() {
      return new Event.DatasetSealed(
          dataset,
          version,
          number,
          trainExamples,
          10,
          20,
          5,
          trainTokens,
          12,
          Map.of("email", 3),
          manifest,
          null);
    }
  }

  /** Builds {@link Event.ModelTrained}. */
  public static final class ModelTrainedBuilder {
    private String dataset = "support-ja";
    private String runId = "run-1";
    private String modelId = "ft:quick-start:migaki:support-ja:1";
    private String version = "5e".repeat(32);
    private String baseModel = "quick-start";
    private ArtifactRef model = anArtifact("model", "application/vnd.migaki.adapter+zip");
    private ArtifactRef provenance = anArtifact("{\"provenance\":1}", "application/json");
    private ArtifactRef manifest = anArtifact("{}", "application/vnd.migaki.manifest+json");
    private ArtifactRef metrics = anArtifact("{\"step\":1}\n", "application/x-ndjson");

    public ModelTrainedBuilder withDataset(String value) {
      dataset = value;
      return this;
    }

    public ModelTrainedBuilder withRunId(String value) {
      runId = value;
      return this;
    }

    public ModelTrainedBuilder withModelId(String value) {
      modelId = value;
      return this;
    }

    public ModelTrainedBuilder withVersion(String value) {
      version = value;
      return this;
    }

    public ModelTrainedBuilder withBaseModel(String value) {
      baseModel = value;
      return this;
    }

    public ModelTrainedBuilder withModel(ArtifactRef value) {
      model = value;
      return this;
    }

    public ModelTrainedBuilder withProvenance(ArtifactRef value) {
      provenance = value;
      return this;
    }

    public ModelTrainedBuilder withManifest(ArtifactRef value) {
      manifest = value;
      return this;
    }

    public ModelTrainedBuilder withMetrics(ArtifactRef value) {
      metrics = value;
      return this;
    }

    public Event.ModelTrained build() {
      return new Event.ModelTrained(
          dataset,
          runId,
          modelId,
          version,
          1,
          baseModel,
          "lora",
          5_000,
          12.5,
          0,
          "USD",
          0.4,
          0.5,
          model,
          provenance,
          manifest,
          metrics);
    }
  }

  /** Builds {@link Event.ModelEvaluated}. */
  public static final class ModelEvaluatedBuilder {
    private String dataset = "support-ja";
    private String modelId = "ft:quick-start:migaki:support-ja:1";
    private String runId = "run-1";
    private String version = "5e".repeat(32);
    private String baseModel = "quick-start";
    private String verdict = "promote";
    private ArtifactRef model = anArtifact("model", "application/vnd.migaki.adapter+zip");
    private ArtifactRef scorecard = anArtifact("{\"scores\":{}}", "application/json");

    public ModelEvaluatedBuilder withDataset(String value) {
      dataset = value;
      return this;
    }

    public ModelEvaluatedBuilder withModelId(String value) {
      modelId = value;
      return this;
    }

    public ModelEvaluatedBuilder withRunId(String value) {
      runId = value;
      return this;
    }

    public ModelEvaluatedBuilder withVersion(String value) {
      version = value;
      return this;
    }

    public ModelEvaluatedBuilder withBaseModel(String value) {
      baseModel = value;
      return this;
    }

    public ModelEvaluatedBuilder withVerdict(String value) {
      verdict = value;
      return this;
    }

    public ModelEvaluatedBuilder withModel(ArtifactRef value) {
      model = value;
      return this;
    }

    public ModelEvaluatedBuilder withScorecard(ArtifactRef value) {
      scorecard = value;
      return this;
    }

    public Event.ModelEvaluated build() {
      return new Event.ModelEvaluated(
          dataset,
          modelId,
          runId,
          version,
          1,
          baseModel,
          verdict,
          List.of("answers right: 0.92"),
          model,
          scorecard,
          anArtifact("<html></html>", "text/html"),
          anArtifact("{\"provenance\":1}", "application/json"));
    }
  }
}
