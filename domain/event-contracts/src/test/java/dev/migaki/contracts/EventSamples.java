package dev.migaki.contracts;

import dev.migaki.contracts.Event.Position;
import java.util.List;
import java.util.Map;

/** One valid event of each type, with every field set. */
final class EventSamples {
  private static final String SHA =
      "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
  private static final String MODEL = "ft:quick-start:migaki:support-ja:0a1b2c3d";
  private static final String RUN = "ftjob-0a1b2c3d4e5f60718293a4b5";
  private static final Position POSITION = new Position(Topics.INGEST, 2, 41);

  private EventSamples() {}

  static List<Event> all() {
    return List.of(
        new Event.DocumentUnpacked("support-ja", "manuals.zip!/faq/returns.md", 1, "manuals.zip"),
        new Event.DocumentIngested(
            "support-ja",
            "faq.html",
            1,
            "faq.html",
            "text/html",
            "ja",
            "upload",
            ref("text/html"),
            ref("application/vnd.migaki.parsed+json"),
            POSITION),
        new Event.DocumentRejected(
            "support-ja",
            "price-list.pdf",
            "price-list.pdf",
            "ENCRYPTED",
            "The PDF needs a password; drop a copy without one.",
            POSITION),
        new Event.DocumentErased(
            "support-ja",
            "faq.html",
            POSITION,
            null,
            new Event.Receipt(
                "cleanse",
                List.of(new Event.ErasedPart("examples", "artifact store", SHA, "12 examples")),
                List.of(),
                List.of(
                    new Event.ErasedPart("version", "3", SHA, "sealed again without 14 lines")))),
        new Event.DocumentCleansed(
            "support-ja",
            "faq.html",
            1,
            12,
            Map.of("EMAIL_ADDRESS", 2, "PERSON", 3),
            Map.of("too-short", 1),
            ref("application/x-ndjson")),
        new Event.DatasetSealed(
            "support-ja",
            SHA,
            3,
            840,
            60,
            90,
            20,
            41_200,
            63,
            Map.of("PERSON", 17),
            ref("application/vnd.migaki.manifest+json"),
            25),
        new Event.RetrainRequested(
            "support-ja", SHA, "the training loss was still high", Map.of("epochs", "30")),
        new Event.RunQuoted(
            "support-ja",
            RUN,
            SHA,
            "local",
            "quick-start",
            494_400,
            180.5,
            0.0025,
            "USD",
            true,
            Map.of(
                "method", "full", "epochs", "3", "learningRate", "0.0012", "batchTokens", "1024")),
        new Event.RunStarted("support-ja", RUN, SHA, 1),
        new Event.RunProgressed("support-ja", RUN, 250, 900, 2.5, 0.41, 0.88, 0.73, 137_000, 48.2),
        new Event.RunFailed(
            "support-ja",
            RUN,
            SHA,
            "TRAINING_DIVERGED",
            "The loss is not a number any more; lower the learning rate."),
        new Event.RunCancelled("support-ja", RUN, SHA, "a newer version of the dataset was sealed"),
        new Event.ModelTrained(
            "support-ja",
            RUN,
            MODEL,
            SHA,
            3,
            "quick-start",
            "full",
            494_400,
            178.9,
            0.0025,
            "USD",
            0.03,
            0.35,
            ref("application/vnd.migaki.adapter+zip"),
            ref("application/json"),
            ref("application/vnd.migaki.manifest+json"),
            ref("application/x-ndjson")),
        new Event.EvaluationProgressed("support-ja", MODEL, 120, 534),
        new Event.ModelEvaluated(
            "support-ja",
            MODEL,
            RUN,
            SHA,
            3,
            "quick-start",
            "promote",
            List.of("ja: 80 % answered right (needed 60 %)"),
            ref("application/vnd.migaki.adapter+zip"),
            ref("application/json"),
            ref("text/html"),
            ref("application/json")),
        new Event.ModelDeployed(
            "support-ja",
            "support-ja",
            MODEL,
            "ft:quick-start:migaki:support-ja:99887766",
            SHA,
            "the evaluation's verdict is to promote it"),
        new Event.CanaryAdvanced("support-ja", "support-ja", MODEL, 25, "no alarm for ten minutes"),
        new Event.ModelRolledBack(
            "support-ja",
            "support-ja",
            MODEL,
            "ft:quick-start:migaki:support-ja:99887766",
            "rolled back on request"),
        new Event.ModelRetired("support-ja", MODEL, "a document that it learned from was erased"));
  }

  private static ArtifactRef ref(String mediaType) {
    return new ArtifactRef("sha256/2c/" + SHA, SHA, 3, mediaType);
  }
}
