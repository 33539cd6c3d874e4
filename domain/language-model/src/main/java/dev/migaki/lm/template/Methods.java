package dev.migaki.lm.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods of Python's texts, mappings and lists that templates call. */
final class Methods {

  private Methods() {}

  static @Nullable Object call(
      @Nullable Object target, String name, List<@Nullable Object> arguments) {
    if (target instanceof String text) {
      return text(text, name, arguments);
    }
    if (target instanceof Map<?, ?> map) {
      return map(map, name, arguments);
    }
    if (target instanceof List<?> list) {
      return switch (name) {
        case "index" -> (long) indexOf(list, argument(arguments, 0));
        case "count" ->
            list.stream().filter(item -> Values.equal(item, argument(arguments, 0))).count();
        default -> throw unknown(target, name);
      };
    }
    throw unknown(target, name);
  }

  private static TemplateException unknown(@Nullable Object target, String name) {
    return new TemplateException(
        target instanceof Values.Undefined missing
            ? "'" + missing.name() + "' is undefined"
            : "method '" + name + "' of " + Values.type(target) + " is not supported");
  }

  private static int indexOf(List<?> list, @Nullable Object wanted) {
    for (int i = 0; i < list.size(); i++) {
      if (Values.equal(list.get(i), wanted)) {
        return i;
      }
    }
    throw new TemplateException("the list does not hold what is looked for");
  }

  private static @Nullable Object map(
      Map<?, ?> map, String name, List<@Nullable Object> arguments) {
    return switch (name) {
      case "items" -> pairs(map);
      case "keys" -> new ArrayList<@Nullable Object>(map.keySet());
      case "values" -> new ArrayList<@Nullable Object>(map.values());
      case "get" ->
          map.containsKey(argument(arguments, 0))
              ? map.get(argument(arguments, 0))
              : argument(arguments, 1);
      default -> throw unknown(map, name);
    };
  }

  static List<@Nullable Object> pairs(Map<?, ?> map) {
    List<@Nullable Object> pairs = new ArrayList<>();
    map.forEach((key, value) -> pairs.add(Arrays.asList(key, value)));
    return pairs;
  }

  private static Object text(String text, String name, List<@Nullable Object> arguments) {
    return switch (name) {
      case "strip" -> strip(text, argument(arguments, 0), true, true);
      case "lstrip" -> strip(text, argument(arguments, 0), true, false);
      case "rstrip" -> strip(text, argument(arguments, 0), false, true);
      case "startswith" -> affix(argument(arguments, 0)).stream().anyMatch(text::startsWith);
      case "endswith" -> affix(argument(arguments, 0)).stream().anyMatch(text::endsWith);
      case "removeprefix" -> {
        String prefix = Values.text(argument(arguments, 0));
        yield text.startsWith(prefix) ? text.substring(prefix.length()) : text;
      }
      case "removesuffix" -> {
        String suffix = Values.text(argument(arguments, 0));
        yield text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
      }
      case "split" -> split(text, argument(arguments, 0), limit(arguments));
      case "splitlines" -> new ArrayList<Object>(text.lines().toList());
      case "replace" ->
          replaced(text, Values.text(argument(arguments, 0)), Values.text(argument(arguments, 1)));
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "title" -> Filters.title(text);
      case "capitalize" -> Filters.capitalised(text);
      case "join" -> joined(Values.items(argument(arguments, 0)), text);
      case "find" -> find(text, Values.text(argument(arguments, 0)));
      case "count" -> count(text, Values.text(argument(arguments, 0)));
      case "isdigit" -> !text.isEmpty() && text.codePoints().allMatch(Character::isDigit);
      default -> throw unknown(text, name);
    };
  }

  static String replaced(String text, String from, String to) {
    Budget.requireText(text.length() + count(text, from) * ((long) to.length() - from.length()));
    return text.replace(from, to);
  }

  static String joined(List<@Nullable Object> items, String between) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      joined.append(i == 0 ? "" : between).append(Values.text(items.get(i)));
      Budget.requireText(joined.length());
    }
    return joined.toString();
  }

  private static int limit(List<@Nullable Object> arguments) {
    return arguments.size() > 1 ? Values.intOf(arguments.get(1)) : -1;
  }

  private static Object find(String text, String part) {
    int index = text.indexOf(part);
    return index < 0 ? -1L : (long) text.codePointCount(0, index);
  }

  private static long count(String text, String part) {
    return part.isEmpty()
        ? (long) text.codePointCount(0, text.length()) + 1
        : (long) (text.length() - text.replace(part, "").length()) / part.length();
  }

  private static List<String> affix(@Nullable Object argument) {
    return argument instanceof List<?> list
        ? list.stream().map(Values::text).toList()
        : List.of(Values.text(argument));
  }

  static String strip(String text, @Nullable Object characters, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && stripped(text.charAt(start), characters)) {
      start++;
    }
    while (right && end > start && stripped(text.charAt(end - 1), characters)) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean stripped(char c, @Nullable Object characters) {
    return characters == null
        ? Character.isWhitespace(c) || c == '\u00a0'
        : Values.text(characters).indexOf(c) >= 0;
  }

  private static List<Object> split(String text, @Nullable Object separator, int limit) {
    List<Object> parts = new ArrayList<>();
    if (separator == null) {
      Arrays.stream(text.strip().split("\\s+")).filter(part -> !part.isEmpty()).forEach(parts::add);
      return parts;
    }
    String between = Values.text(separator);
    if (between.isEmpty()) {
      throw new TemplateException("split by an empty text");
    }
    int from = 0;
    int end = text.indexOf(between);
    while (end >= 0 && (limit < 0 || parts.size() < limit)) {
      parts.add(text.substring(from, end));
      from = end + between.length();
      end = text.indexOf(between, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  static @Nullable Object argument(List<@Nullable Object> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : null;
  }
}
