package dev.migaki.lm.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and their values; a loop's or macro's names hide those around it. */
final class Scope {

  private final @Nullable Scope outer;
  private final Map<String, @Nullable Object> names;

  Scope(@Nullable Scope outer, Map<String, ? extends @Nullable Object> names) {
    this.outer = outer;
    this.names = new HashMap<>(names);
  }

  Scope inner() {
    return new Scope(this, Map.of());
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
