package dev.migaki.samples;

/** The two languages in which the company writes. */
public enum Language {
  EN("en"),
  JA("ja");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  /** The BCP 47 tag, as it appears in the written JSON. */
  public String code() {
    return code;
  }

  /** Picks one of two texts, so that a call site shows both languages side by side. */
  public String pick(String english, String japanese) {
    return this == EN ? english : japanese;
  }
}
