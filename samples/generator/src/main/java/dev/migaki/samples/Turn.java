package dev.migaki.samples;

/** One contribution to a conversation. */
public record Turn(boolean fromCustomer, String text) {

  static Turn customer(String text) {
    return new Turn(true, text);
  }

  static Turn agent(String text) {
    return new Turn(false, text);
  }
}
