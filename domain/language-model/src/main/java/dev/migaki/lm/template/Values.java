package dev.migaki.lm.template;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Python's view of values: {@code null} is {@code None}; numbers are {@link Long} or {@link
 * Double}; the rest is {@link String}, {@link Boolean}, {@link List}, {@link Map} and {@link
 * Undefined}.
 */
final class Values {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Values() {}

  /** A name or member that does not exist: empty in output, false, an error when used further. */
  record Undefined(String name) {}

  /** What can be called. */
  @FunctionalInterface
  interface Function {
    @Nullable Object call(List<@Nullable Object> arguments, Map<String, @Nullable Object> named);
  }

  /** Jinja's {@code namespace}: the only object that a template may write to. */
  record Namespace(Map<String, @Nullable Object> fields) {}

  static boolean truth(@Nullable Object value) {
    if (value == null || value instanceof Undefined) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof Collection<?> list) {
      return !list.isEmpty();
    }
    return !(value instanceof Map<?, ?> map) || !map.isEmpty();
  }

  /** What {@code {{ value }}} prints. */
  static String text(@Nullable Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof Undefined) {
      return "";
    }
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (value instanceof Double number) {
      return number(number);
    }
    if (value instanceof List<?> list) {
      StringBuilder items = new StringBuilder("[");
      for (Object item : list) {
        items.append(items.length() > 1 ? ", " : "").append(quoted(item));
        // a list may hold the same list many times, and that another
        Budget.requireText(items.length());
      }
      return items.append(']').toString();
    }
    if (value instanceof Map<?, ?> map) {
      StringBuilder entries = new StringBuilder("{");
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        entries
            .append(entries.length() > 1 ? ", " : "")
            .append(quoted(entry.getKey()))
            .append(": ")
            .append(quoted(entry.getValue()));
        Budget.requireText(entries.length());
      }
      return entries.append('}').toString();
    }
    return value.toString();
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e16) {
      return BigDecimal.valueOf(value)
          .setScale(1, java.math.RoundingMode.UNNECESSARY)
          .toPlainString();
    }
    return Double.toString(value).replace("E-", "e-0").replace("E", "e+");
  }

  private static String quoted(@Nullable Object value) {
    if (!(value instanceof String text)) {
      return text(value);
    }
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    String escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    return quote + (quote == '\'' ? escaped.replace("'", "\\'") : escaped) + quote;
  }

  static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (isNumber(left) && isNumber(right)) {
      return doubleOf(left) == doubleOf(right);
    }
    return Objects.equals(left, right);
  }

  /** Python counts booleans as numbers. */
  static boolean isNumber(@Nullable Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  static double doubleOf(@Nullable Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new TemplateException("a number is needed, not " + type(value));
  }

  static int intOf(@Nullable Object value) {
    return (int) doubleOf(value);
  }

  static int compare(@Nullable Object left, @Nullable Object right) {
    if (left instanceof String a && right instanceof String b) {
      return a.compareTo(b);
    }
    return Double.compare(doubleOf(left), doubleOf(right));
  }

  /** What a loop or a filter goes through: a list, a mapping's keys, a text's characters. */
  static List<@Nullable Object> items(@Nullable Object value) {
    if (value instanceof Undefined) {
      return List.of();
    }
    if (value instanceof Collection<?> list) {
      return new ArrayList<>(list);
    }
    if (value instanceof Map<?, ?> map) {
      return new ArrayList<>(map.keySet());
    }
    if (value instanceof String text) {
      return text.codePoints()
          .mapToObj(Character::toString)
          .collect(Collectors.toCollection(ArrayList::new));
    }
    throw new TemplateException(type(value) + " cannot be gone through");
  }

  static String type(@Nullable Object value) {
    if (value instanceof Undefined missing) {
      return "'" + missing.name() + "', which is undefined,";
    }
    return value == null ? "None" : value.getClass().getSimpleName();
  }

  /** {@code json.dumps(value, ensure_ascii=False)} with Python's separators. */
  static String json(@Nullable Object value, int indent, boolean sorted) {
    try {
      DefaultPrettyPrinter printer =
          new DefaultPrettyPrinter()
              .withSeparators(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                      .withObjectEntrySpacing(
                          indent < 0 ? Separators.Spacing.AFTER : Separators.Spacing.NONE)
                      .withArrayValueSpacing(
                          indent < 0 ? Separators.Spacing.AFTER : Separators.Spacing.NONE)
                      .withObjectEmptySeparator("")
                      .withArrayEmptySeparator(""));
      if (indent < 0) {
        printer.indentObjectsWith(DefaultPrettyPrinter.NopIndenter.instance);
        printer.indentArraysWith(DefaultPrettyPrinter.NopIndenter.instance);
      } else {
        Budget.requireText(indent * 1000L);
        DefaultIndenter lines = new DefaultIndenter(" ".repeat(indent), "\n");
        printer.indentObjectsWith(lines);
        printer.indentArraysWith(lines);
      }
      StringWriter written =
          new StringWriter() {
            @Override
            public void write(char[] characters, int offset, int length) {
              super.write(characters, offset, length);
              Budget.requireText(getBuffer().length());
            }
          };
      JSON.writer(printer).writeValue(written, sorted ? sorted(value) : value);
      return written.toString();
    } catch (IOException e) {
      throw new TemplateException("tojson cannot write " + type(value));
    }
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> ordered = new java.util.TreeMap<>();
      map.forEach((key, item) -> ordered.put(text(key), sorted(item)));
      return ordered;
    }
    return value instanceof List<?> list ? list.stream().map(Values::sorted).toList() : value;
  }
}
