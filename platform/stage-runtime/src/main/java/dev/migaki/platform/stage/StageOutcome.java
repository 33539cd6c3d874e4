package dev.migaki.platform.stage;

import dev.migaki.contracts.Event;
import java.util.List;

/**
 * What a stage did with a record. Publishing is returning: the events leave with the transaction
 * that holds the stage's state.
 */
public sealed interface StageOutcome {

  /** One word (of a bounded set) for metrics and logs: "ingested", "rejected", "duplicate". */
  String label();

  /** What follows; published in this order. */
  List<Event> events();

  static Handled handled(String label, Event... events) {
    return new Handled(label, List.of(events));
  }

  static Handled handled(String label, List<Event> events) {
    return new Handled(label, events);
  }

  static Ignored ignored(String label) {
    return new Ignored(label);
  }

  /** The stage did its work. */
  record Handled(String label, List<Event> events) implements StageOutcome {
    public Handled {
      Label.require(label);
      events = List.copyOf(events);
    }
  }

  /** Nothing was to be done: not this stage's event, or done already. */
  record Ignored(String label) implements StageOutcome {
    public Ignored {
      Label.require(label);
    }

    @Override
    public List<Event> events() {
      return List.of();
    }
  }
}
