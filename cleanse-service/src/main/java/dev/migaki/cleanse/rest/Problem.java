package dev.migaki.cleanse.rest;

/** Body of every error. */
public record Problem(Detail error) {

  /**
   * @param code bounded, for programs
   * @param message for people: what is wrong and what to do
   */
  public record Detail(String code, String message) {}

  static Problem of(String code, String message) {
    return new Problem(new Detail(code, message));
  }
}
