package dev.migaki.platform.stage;

import static java.util.Objects.requireNonNull;

/**
 * Why an event is published: the ids of the events follow from it, so that work done twice
 * publishes the same ids, and the trace goes on in it. A stage whose work outlives the handler
 * stores both fields with its state.
 *
 * @param id the causing event, or any name that is the same when the work is repeated ({@code
 *     run-7/step-40})
 * @param traceparent W3C trace context of the cause
 */
public record Cause(String id, String traceparent) {

  public Cause {
    requireNonNull(id, "id");
    requireNonNull(traceparent, "traceparent");
  }

  /** A cause within this one: same trace, ids of its own. */
  public Cause step(String name) {
    return new Cause(id + "/" + name, traceparent);
  }

  /** The start of a trace of its own, derived from the id. */
  public static Cause root(String id) {
    return new Cause(id, TraceParent.startingAt(id).toString());
  }
}
