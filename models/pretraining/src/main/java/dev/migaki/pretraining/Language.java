package dev.migaki.pretraining;

/** The two languages of the quick-start base model. */
public enum Language {
  ENGLISH("en"),
  JAPANESE("ja");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  /** ISO 639-1 code, as used in resource names. */
  public String code() {
    return code;
  }
}
