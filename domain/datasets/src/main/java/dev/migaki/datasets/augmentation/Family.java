package dev.migaki.datasets.augmentation;

/**
 * Two disjoint sets of templates and synonyms. What is held out for testing is worded by the
 * reserved family only, so a test never repeats a pattern that training showed.
 */
public enum Family {
  TRAINING,
  RESERVED
}
