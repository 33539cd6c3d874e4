package dev.migaki.lm.training;

/** What batches are made of: rows of tokens that must stay together. */
sealed interface TrainingExample permits ChatExample, PreferencePair {

  /** Rows of a batch that it takes. */
  int rows();

  /** Tokens of its longest row that are fed to the model: a row's last one is only a target. */
  int inputLength();
}
