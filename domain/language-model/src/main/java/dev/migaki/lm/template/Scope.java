package dev.migaki.lm.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and their values; a loop's or macro's names hide those around it. */
final class Scope {

  private final @Nullable Scope outer;
  private final Map<String, @Nullable Object> names;

  private final Budget budget;

  /** The outermost names of a rendering. */
  Scope(Map<String, ? extends @Nullable Object> names) {
    this(null, names, new Budget());
  }

  private Scope(
      @Nullable Scope outer, Map<String, ? extends @Nullable Object> names, Budget budget) {
    this.outer = outer;
    this.names = new HashMap<>(names);
    this.budget = budget;
  }

  /** What the rendering may use. */
  Budget budget() {
    return budget;
  }

  Scope inner() {
    return inner(Map.of());
  }

  Scope inner(Map<String, ? extends @Nullable Object> inside) {
    return new Scope(this, inside, budget);
  }

  @Nullable Object get(String name) {
    if (names.containsKey(name)) {
      return names.get(name);
    }
    return outer == null ? new Values.Undefined(name) : outer.get(name);
  }

  void set(String name, @Nullable Object value) {
    names.put(name, value);
  }
}
