package dev.migaki.platform.stage;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

/**
 * Finds the trace a record belongs to: the active span when traces are collected, else the record's
 * header, else a new one.
 */
final class TraceContext {

  private TraceContext() {}

  static TraceParent of(ReceivedRecord record, String eventId) {
    SpanContext active = Span.current().getSpanContext();
    if (active.isValid()) {
      return new TraceParent(
          active.getTraceId(), active.getSpanId(), active.getTraceFlags().asHex());
    }
    return record
        .header(TraceParent.HEADER)
        .flatMap(TraceParent::parse)
        .orElseGet(() -> TraceParent.startingAt(eventId));
  }
}
