package dev.migaki.contracts;

import java.util.List;

/** The topics of the bus; the only place where their names are written. */
public final class Topics {
  /** The front door: raw bytes of any document. */
  public static final String INGEST = "migaki.ingest";

  public static final String DOCUMENTS = "migaki.documents";
  public static final String EXAMPLES = "migaki.examples";
  public static final String DATASETS = "migaki.datasets";
  public static final String RUNS = "migaki.runs";
  public static final String MODELS = "migaki.models";
  public static final String EVALUATIONS = "migaki.evaluations";
  public static final String DEPLOYMENTS = "migaki.deployments";

  /** Every topic but the dead-letter ones, in the order of the flow. */
  public static final List<String> ALL =
      List.of(INGEST, DOCUMENTS, EXAMPLES, DATASETS, RUNS, MODELS, EVALUATIONS, DEPLOYMENTS);

  private Topics() {}

  /** Where records of a topic go that could not be handled. */
  public static String deadLetterOf(String topic) {
    return topic + ".dead-letter";
  }
}
