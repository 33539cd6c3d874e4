package dev.migaki.lm.template;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may stand behind {@code is}. */
final class Tests {

  private static final Set<String> WITH_ARGUMENT =
      Set.of("eq", "equalto", "ne", "gt", "ge", "lt", "le", "in", "divisibleby", "sameas");

  private static final Set<String> PLAIN =
      Set.of(
          "defined",
          "undefined",
          "none",
          "string",
          "mapping",
          "iterable",
          "sequence",
          "number",
          "integer",
          "float",
          "boolean",
          "true",
          "false",
          "callable",
          "odd",
          "even");

  private Tests() {}

  static boolean takesArgument(String name) {
    return WITH_ARGUMENT.contains(name);
  }

  static void requireKnown(String name, int line) {
    if (!PLAIN.contains(name) && !WITH_ARGUMENT.contains(name)) {
      throw new TemplateException("line " + line + ": test '" + name + "' is not supported");
    }
  }

  static boolean holds(String name, @Nullable Object value, @Nullable Object argument) {
    return switch (name) {
      case "defined" -> !(value instanceof Values.Undefined);
      case "undefined" -> value instanceof Values.Undefined;
      case "none" -> value == null;
      case "string" -> value instanceof String;
      case "mapping" -> value instanceof Map<?, ?>;
      case "iterable", "sequence" ->
          value instanceof Collection<?>
              || value instanceof String
              || value instanceof Map<?, ?>
              || value instanceof Values.Undefined;
      case "number" -> Values.isNumber(value);
      case "integer" -> value instanceof Long || value instanceof Integer;
      case "float" -> value instanceof Double;
      case "boolean" -> value instanceof Boolean;
      case "true" -> Boolean.TRUE.equals(value);
      case "false" -> Boolean.FALSE.equals(value);
      case "callable" -> value instanceof Values.Function;
      case "odd" -> Values.intOf(value) % 2 != 0;
      case "even" -> Values.intOf(value) % 2 == 0;
      case "eq", "equalto", "sameas" -> Values.equal(value, argument);
      case "ne" -> !Values.equal(value, argument);
      case "gt" -> Values.compare(value, argument) > 0;
      case "ge" -> Values.compare(value, argument) >= 0;
      case "lt" -> Values.compare(value, argument) < 0;
      case "le" -> Values.compare(value, argument) <= 0;
      case "in" -> Expression.compare("in", value, argument);
      case "divisibleby" -> Values.intOf(value) % Values.intOf(argument) == 0;
      default -> throw new TemplateException("test '" + name + "' is not supported");
    };
  }

  /** {@code selectattr} and {@code select}: a test by name with its argument. */
  static boolean holds(@Nullable Object value, List<@Nullable Object> test) {
    if (test.isEmpty()) {
      return Values.truth(value);
    }
    String name = Values.text(test.get(0));
    Object argument = test.size() > 1 ? test.get(1) : null;
    return switch (name) {
      case "==" -> Values.equal(value, argument);
      case "!=" -> !Values.equal(value, argument);
      default -> holds(name, value, argument);
    };
  }
}
