package dev.migaki.lm.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What may stand behind {@code |}. */
final class Filters {

  private static final Set<String> KNOWN =
      Set.of(
          "trim",
          "length",
          "count",
          "tojson",
          "join",
          "upper",
          "lower",
          "capitalize",
          "title",
          "first",
          "last",
          "list",
          "reverse",
          "default",
          "d",
          "replace",
          "string",
          "int",
          "float",
          "map",
          "select",
          "reject",
          "selectattr",
          "rejectattr",
          "items",
          "dictsort",
          "sort",
          "unique",
          "safe",
          "indent",
          "abs",
          "sum",
          "min",
          "max");

  private Filters() {}

  static void requireKnown(String name, int line) {
    if (!KNOWN.contains(name)) {
      throw new TemplateException("line " + line + ": filter '" + name + "' is not supported");
    }
  }

  static @Nullable Object apply(
      String name,
      @Nullable Object value,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> named) {
    return switch (name) {
      case "trim" ->
          Methods.strip(Values.text(value), option("chars", 0, arguments, named), true, true);
      case "length", "count" -> length(value);
      case "tojson" -> json(value, arguments, named);
      case "join" -> join(value, option("d", 0, arguments, named), named.get("attribute"));
      case "upper" -> Values.text(value).toUpperCase(Locale.ROOT);
      case "lower" -> Values.text(value).toLowerCase(Locale.ROOT);
      case "capitalize" -> capitalised(Values.text(value));
      case "title" -> title(Values.text(value));
      case "default", "d" -> fallback(value, arguments, named);
      case "replace" ->
          Methods.replaced(
              Values.text(value), Values.text(arguments.get(0)), Values.text(arguments.get(1)));
      case "string" -> Values.text(value);
      case "safe" -> value;
      case "int" -> integer(value);
      case "float" -> Double.valueOf(Values.text(value));
      case "abs" -> Expression.arithmetic("*", value, Values.doubleOf(value) < 0 ? -1L : 1L);
      case "indent" -> indent(Values.text(value), arguments, named);
      default -> sequence(name, value, arguments, named);
    };
  }

  private static @Nullable Object sequence(
      String name,
      @Nullable Object value,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> named) {
    List<@Nullable Object> items =
        name.equals("items") || name.equals("dictsort") ? List.of() : Values.items(value);
    return switch (name) {
      case "first" -> items.isEmpty() ? new Values.Undefined("first") : items.get(0);
      case "last" -> items.isEmpty() ? new Values.Undefined("last") : items.get(items.size() - 1);
      case "list" -> items;
      case "reverse" -> reversed(value, items);
      case "map" -> mapped(items, arguments, named);
      case "select" -> kept(items, item -> Tests.holds(item, arguments));
      case "reject" -> kept(items, item -> !Tests.holds(item, arguments));
      case "selectattr" -> kept(items, item -> attribute(item, arguments));
      case "rejectattr" -> kept(items, item -> !attribute(item, arguments));
      case "items" -> value instanceof Values.Undefined ? List.of() : pairs(value);
      case "dictsort" -> {
        List<@Nullable Object> pairs = pairs(value);
        pairs.sort((a, b) -> Values.compare(Values.items(a).get(0), Values.items(b).get(0)));
        yield pairs;
      }
      case "sort" -> {
        Object key = option("attribute", 2, arguments, named);
        items.sort((a, b) -> Values.compare(byKey(a, key), byKey(b, key)));
        if (Values.truth(option("reverse", 0, arguments, named))) {
          Collections.reverse(items);
        }
        yield items;
      }
      case "unique" -> items.stream().distinct().collect(Collectors.toCollection(ArrayList::new));
      case "sum" -> items.stream().reduce((Object) 0L, (a, b) -> Expression.arithmetic("+", a, b));
      case "min" -> items.stream().min(Values::compare).orElse(new Values.Undefined("min"));
      case "max" -> items.stream().max(Values::compare).orElse(new Values.Undefined("max"));
      default -> throw new TemplateException("filter '" + name + "' is not supported");
    };
  }

  private static @Nullable Object byKey(@Nullable Object item, @Nullable Object key) {
    return key == null ? item : Expression.member(item, key);
  }

  private static List<@Nullable Object> pairs(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return Methods.pairs(map);
    }
    throw new TemplateException(Values.type(value) + " has no items");
  }

  private static Object length(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (long) map.size() : (long) Values.items(value).size();
  }

  private static Object reversed(@Nullable Object value, List<@Nullable Object> items) {
    Collections.reverse(items);
    return value instanceof String
        ? items.stream().map(Values::text).collect(Collectors.joining())
        : items;
  }

  private static Object join(
      @Nullable Object value, @Nullable Object separator, @Nullable Object attribute) {
    List<@Nullable Object> items = new ArrayList<>();
    Values.items(value).forEach(item -> items.add(byKey(item, attribute)));
    return Methods.joined(items, separator == null ? "" : Values.text(separator));
  }

  private static @Nullable Object fallback(
      @Nullable Object value,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> named) {
    boolean whenFalse = Values.truth(option("boolean", 1, arguments, named));
    boolean absent = value instanceof Values.Undefined || (whenFalse && !Values.truth(value));
    if (!absent) {
      return value;
    }
    return arguments.isEmpty() ? named.getOrDefault("default_value", "") : arguments.get(0);
  }

  private static Object integer(@Nullable Object value) {
    if (Values.isNumber(value)) {
      return (long) Values.doubleOf(value);
    }
    try {
      return Long.valueOf(Values.text(value).strip());
    } catch (NumberFormatException e) {
      // Jinja2's default for what is no number
      return 0L;
    }
  }

  private static Object indent(
      String text, List<@Nullable Object> arguments, Map<String, @Nullable Object> named) {
    Object width = option("width", 0, arguments, named);
    int spaces = width == null ? 4 : Math.max(0, Values.intOf(width));
    Budget.requireText(text.length() + (text.lines().count() + 1) * spaces);
    String blanks = " ".repeat(spaces);
    boolean first = Values.truth(option("first", 1, arguments, named));
    boolean blank = Values.truth(option("blank", 2, arguments, named));
    String[] lines = text.split("\n", -1);
    StringBuilder indented = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      boolean shifted = i == 0 ? first : blank || !lines[i].isEmpty();
      indented.append(i == 0 ? "" : "\n").append(shifted ? blanks : "").append(lines[i]);
    }
    return indented.toString();
  }

  private static Object mapped(
      List<@Nullable Object> items,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> named) {
    List<@Nullable Object> results = new ArrayList<>();
    for (Object item : items) {
      if (named.containsKey("attribute")) {
        Object member = Expression.member(item, named.get("attribute"));
        results.add(
            member instanceof Values.Undefined && named.containsKey("default")
                ? named.get("default")
                : member);
      } else {
        String filter = Values.text(arguments.get(0));
        results.add(apply(filter, item, arguments.subList(1, arguments.size()), named));
      }
    }
    return results;
  }

  private static boolean attribute(@Nullable Object item, List<@Nullable Object> arguments) {
    return Tests.holds(
        Expression.member(item, arguments.get(0)), arguments.subList(1, arguments.size()));
  }

  private static Object kept(List<@Nullable Object> items, Predicate<@Nullable Object> condition) {
    List<@Nullable Object> kept = new ArrayList<>();
    for (Object item : items) {
      if (condition.test(item)) {
        kept.add(item);
      }
    }
    return kept;
  }

  private static Object json(
      @Nullable Object value,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> named) {
    if (Values.truth(named.get("ensure_ascii")) || named.get("separators") != null) {
      throw new TemplateException("tojson with ensure_ascii or separators is not supported");
    }
    if (value instanceof Values.Undefined missing) {
      throw new TemplateException("'" + missing.name() + "' is undefined");
    }
    Object indent = option("indent", 1, arguments, named);
    return Values.json(
        value, indent == null ? -1 : Values.intOf(indent), Values.truth(named.get("sort_keys")));
  }

  private static @Nullable Object option(
      String name,
      int position,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> named) {
    return position < arguments.size() ? arguments.get(position) : named.get(name);
  }

  static String capitalised(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.ROOT)
        + text.substring(first).toLowerCase(Locale.ROOT);
  }

  static String title(String text) {
    StringBuilder title = new StringBuilder();
    boolean inside = false;
    for (char c : text.toCharArray()) {
      title.append(inside ? Character.toLowerCase(c) : Character.toUpperCase(c));
      inside = Character.isLetter(c);
    }
    return title.toString();
  }
}
