package dev.migaki.platform.stage;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * W3C trace context, version 00 (<a
 * href="https://www.w3.org/TR/trace-context/#traceparent-header">traceparent</a>). It is carried
 * from record to event whether or not anybody collects traces, so that one id finds a document's
 * whole way.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 lower-case hexadecimal digits, not all zero
 * @param flags 2 hexadecimal digits; 01 means sampled
 */
record TraceParent(String traceId, String spanId, String flags) {

  static final String HEADER = "traceparent";

  private static final Pattern FORM =
      Pattern.compile(
          "[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");

  TraceParent {
    requireNonNull(traceId, "traceId");
    requireNonNull(spanId, "spanId");
    requireNonNull(flags, "flags");
  }

  /** Empty when the text is no valid traceparent: the standard asks to start a new trace then. */
  static Optional<TraceParent> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new TraceParent(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /**
   * A new trace whose id follows from the record that starts it; a second attempt continues the
   * same trace.
   */
  static TraceParent startingAt(String identity) {
    return new TraceParent(
        StableId.of("trace", identity), StableId.of("span", identity).substring(0, 16), "01");
  }

  /** The same trace, one step further. */
  TraceParent child(String name) {
    return new TraceParent(traceId, StableId.of("span", name).substring(0, 16), flags);
  }

  @Override
  public String toString() {
    return "00-" + traceId + "-" + spanId + "-" + flags;
  }
}
