package dev.migaki.metrics;

/** What the evaluation advises to do with a model. */
public enum Verdict {
  /** Better than the base and than prompting: give it the alias. */
  PROMOTE("promote"),
  /** Not good enough, and another run is not expected to help: a person should look. */
  HOLD("hold"),
  /** Learning had not finished or went too far: run again with other hyperparameters. */
  RETRAIN("retrain"),
  /** A few examples in the prompt of the base model do as well: do not pay for a tuned model. */
  PROMPT_INSTEAD("prompt-instead");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /** The name on events, metrics and reports. */
  public String label() {
    return label;
  }
}
