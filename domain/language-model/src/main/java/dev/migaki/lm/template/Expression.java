package dev.migaki.lm.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something with a value. */
@FunctionalInterface
interface Expression {

  @Nullable Object in(Scope scope);

  /** Arguments of a call. */
  record Arguments(List<Expression> positional, Map<String, Expression> named) {

    List<@Nullable Object> values(Scope scope) {
      List<@Nullable Object> values = new ArrayList<>();
      positional.forEach(argument -> values.add(argument.in(scope)));
      return values;
    }

    Map<String, @Nullable Object> named(Scope scope) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      named.forEach((name, argument) -> values.put(name, argument.in(scope)));
      return values;
    }
  }

  /** {@code object.name}, {@code object['name']}, {@code object[0]}. */
  static @Nullable Object member(@Nullable Object object, @Nullable Object key) {
    if (object instanceof Values.Undefined missing) {
      throw new TemplateException("'" + missing.name() + "' is undefined");
    }
    if (object instanceof Values.Namespace namespace) {
      String name = Values.text(key);
      return namespace.fields().containsKey(name)
          ? namespace.fields().get(name)
          : new Values.Undefined(name);
    }
    if (object instanceof Map<?, ?> map) {
      return map.containsKey(key) ? map.get(key) : new Values.Undefined(Values.text(key));
    }
    if (Values.isNumber(key) && (object instanceof List<?> || object instanceof String)) {
      List<@Nullable Object> items = Values.items(object);
      int index = Values.intOf(key);
      int at = index < 0 ? index + items.size() : index;
      return at >= 0 && at < items.size() ? items.get(at) : new Values.Undefined("index " + index);
    }
    return new Values.Undefined(Values.text(key));
  }

  /** {@code object[start:end:step]} as in Python. */
  static Object slice(
      @Nullable Object object,
      @Nullable Object start,
      @Nullable Object end,
      @Nullable Object step) {
    List<@Nullable Object> items = Values.items(object);
    int stride = step == null ? 1 : Values.intOf(step);
    if (stride == 0) {
      throw new TemplateException("slice step cannot be zero");
    }
    int size = items.size();
    int lowest = stride > 0 ? 0 : -1;
    int highest = stride > 0 ? size : size - 1;
    int from = bound(start, size, lowest, highest, stride > 0 ? lowest : highest);
    int to = bound(end, size, lowest, highest, stride > 0 ? highest : lowest);
    List<@Nullable Object> chosen = new ArrayList<>();
    for (int i = from; stride > 0 ? i < to : i > to; i += stride) {
      chosen.add(items.get(i));
    }
    return object instanceof String
        ? String.join("", chosen.stream().map(Values::text).toList())
        : chosen;
  }

  private static int bound(
      @Nullable Object given, int size, int lowest, int highest, int fallback) {
    if (given == null) {
      return fallback;
    }
    int index = Values.intOf(given);
    return Math.min(highest, Math.max(lowest, index < 0 ? index + size : index));
  }

  /** {@code + - * / // % **}. */
  static Object arithmetic(String operator, @Nullable Object left, @Nullable Object right) {
    if (operator.equals("+") && left instanceof String a && right instanceof String b) {
      Budget.requireText((long) a.length() + b.length());
      return a + b;
    }
    if (operator.equals("+") && left instanceof List<?> a && right instanceof List<?> b) {
      Budget.requireItems((long) a.size() + b.size());
      List<@Nullable Object> joined = new ArrayList<>(a);
      joined.addAll(b);
      return joined;
    }
    if (operator.equals("*") && left instanceof String text && Values.isNumber(right)) {
      int times = Math.max(0, Values.intOf(right));
      Budget.requireText((long) text.length() * times);
      return text.repeat(times);
    }
    if (!Values.isNumber(left) || !Values.isNumber(right)) {
      throw new TemplateException(
          "cannot compute " + Values.type(left) + " " + operator + " " + Values.type(right));
    }
    double a = Values.doubleOf(left);
    double b = Values.doubleOf(right);
    if (b == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
      throw new TemplateException("division by zero");
    }
    double result =
        switch (operator) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> a / b;
          case "//" -> Math.floor(a / b);
          case "%" -> a - b * Math.floor(a / b);
          case "**" -> Math.pow(a, b);
          default -> throw new TemplateException("unknown operator " + operator);
        };
    boolean whole =
        !(left instanceof Double) && !(right instanceof Double) && !operator.equals("/");
    return whole ? (Object) (long) result : (Object) result;
  }

  /** {@code == != < > <= >= in}. */
  static boolean compare(String operator, @Nullable Object left, @Nullable Object right) {
    return switch (operator) {
      case "==" -> Values.equal(left, right);
      case "!=" -> !Values.equal(left, right);
      case "<" -> Values.compare(left, right) < 0;
      case ">" -> Values.compare(left, right) > 0;
      case "<=" -> Values.compare(left, right) <= 0;
      case ">=" -> Values.compare(left, right) >= 0;
      case "in" -> contains(right, left);
      case "not in" -> !contains(right, left);
      default -> throw new TemplateException("unknown operator " + operator);
    };
  }

  private static boolean contains(@Nullable Object container, @Nullable Object item) {
    if (container instanceof String text) {
      if (!(item instanceof String part)) {
        throw new TemplateException("a text contains text only, not " + Values.type(item));
      }
      return text.contains(part);
    }
    return Values.items(container).stream().anyMatch(other -> Values.equal(other, item));
  }
}
