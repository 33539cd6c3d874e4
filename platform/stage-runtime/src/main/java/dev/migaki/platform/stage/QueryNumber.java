package dev.migaki.platform.stage;

import org.jspecify.annotations.Nullable;

/**
 * Whole numbers in the query or the path of a request, such as {@code ?page=3}. Read from text: a
 * resource that declares an {@code int} answers 404 when somebody writes something else, and does
 * not say why.
 */
public final class QueryNumber {
  private QueryNumber() {}

  /** A parameter that is no number, or none of the allowed ones; the message names both. */
  public static final class Invalid extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Invalid(String message) {
      super(message);
    }
  }

  /**
   * The number of a parameter.
   *
   * @param text what was given; null or blank for nothing
   * @param otherwise what counts then
   * @throws Invalid when it is no whole number from {@code least} to {@code most}
   */
  public static int of(String name, @Nullable String text, int otherwise, int least, int most) {
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Invalid(name + " must be a whole number from " + least + " to " + most + ".");
  }
}
