package dev.migaki.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A block of a recipe. A key that nobody knows is refused, since it would have no effect, and so is
 * a value of another kind, since its default would take its place; both are named. A key without a
 * value counts as absent.
 *
 * <p>Messages end in logs and dead letters: they quote what stands where a number, a flag, a
 * duration or a choice belongs, never a text, which may be a person's name or a key.
 *
 * <p>All methods throw {@link IllegalArgumentException} for what is wrong in the recipe.
 */
public final class RecipeBlock {
  private static final int LONGEST_QUOTE = 40;

  private final String place;
  private final JsonNode values;
  private final List<String> known;

  /**
   * @param place where the block stands in the recipe, empty for the recipe itself
   */
  RecipeBlock(String place, JsonNode values, List<String> known) {
    this.place = place;
    this.values = values;
    this.known = List.copyOf(known);
    if (!values.isMissingNode() && !values.isObject()) {
      throw new IllegalArgumentException(
          (place.isEmpty() ? "a recipe" : place) + " must be a block of keys with values");
    }
    refuseUnknown();
  }

  private void refuseUnknown() {
    List<String> unknown = new ArrayList<>();
    values
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                unknown.add(
                    Spelling.nearest(key, known)
                        .map(near -> key + " (did you mean " + near + "?)")
                        .orElse(key));
              }
            });
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%sunknown key%s %s; known are %s"
              .formatted(
                  place.isEmpty() ? "" : place + ": ",
                  unknown.size() == 1 ? "" : "s",
                  String.join(", ", unknown),
                  String.join(", ", known)));
    }
  }

  /** Whether the recipe lacks the block. */
  public boolean isAbsent() {
    return values.isMissingNode();
  }

  /** Whether a key has a value. */
  public boolean has(String key) {
    return value(key) != null;
  }

  /** Whether just this word stands at a key, such as {@code auto} in place of a number. */
  public boolean says(String key, String word) {
    JsonNode value = value(key);
    return value != null && value.isTextual() && value.asText().equals(word);
  }

  /** The same block where fewer keys make sense. */
  public RecipeBlock restrictedTo(List<String> keys) {
    return new RecipeBlock(place, values, keys);
  }

  /** The block at a key; without values where the recipe lacks it. */
  public RecipeBlock block(String key, List<String> keys) {
    JsonNode value = value(key);
    return new RecipeBlock(placeOf(key), value == null ? MissingNode.getInstance() : value, keys);
  }

  /** The blocks of a list, none where the recipe lacks it. */
  public List<RecipeBlock> blocks(String key, List<String> keys) {
    List<RecipeBlock> blocks = new ArrayList<>();
    for (JsonNode item : list(key, "blocks")) {
      blocks.add(new RecipeBlock(placeOf(key) + "[" + blocks.size() + "]", item, keys));
    }
    return blocks;
  }

  /** The text at a key, null where the recipe lacks it. */
  public @Nullable String text(String key) {
    JsonNode value = value(key);
    return value == null ? null : text(value, placeOf(key));
  }

  /** The text at a key. */
  public String text(String key, String otherwise) {
    String text = text(key);
    return text == null ? otherwise : text;
  }

  /** The text at a key that must be there. */
  public String requiredText(String key) {
    String text = text(key);
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(placeOf(key) + " must be given, as a text");
    }
    return text.strip();
  }

  /** The texts of a list, none where the recipe lacks it. */
  public List<String> texts(String key) {
    JsonNode value = value(key);
    return value == null ? List.of() : texts(value, placeOf(key));
  }

  /** The lists of texts of a list, none where the recipe lacks it. */
  public List<List<String>> textLists(String key) {
    List<List<String>> lists = new ArrayList<>();
    for (JsonNode item : list(key, "lists of texts")) {
      lists.add(texts(item, placeOf(key) + "[" + lists.size() + "]"));
    }
    return lists;
  }

  private static List<String> texts(JsonNode list, String place) {
    if (!list.isArray()) {
      throw new IllegalArgumentException(place + " must be a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list) {
      texts.add(text(item, place + "[" + texts.size() + "]"));
    }
    return texts;
  }

  /** The entries of a map whose keys are free, numbers and flags as text; empty where it lacks. */
  public Map<String, String> entries(String key) {
    Map<String, String> entries = new TreeMap<>();
    JsonNode map = value(key);
    if (map == null) {
      return entries;
    }
    if (!map.isObject()) {
      throw new IllegalArgumentException(placeOf(key) + " must be a block of keys with values");
    }
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      if (entry.getValue().isContainerNode()) {
        throw new IllegalArgumentException(
            placeOf(key) + "." + entry.getKey() + " must be one value, no list and no block");
      }
      if (!entry.getValue().isNull()) {
        entries.put(entry.getKey(), entry.getValue().asText());
      }
    }
    return entries;
  }

  /**
   * The number at a key.
   *
   * @param least smallest that is allowed
   * @param most largest that is allowed, {@link Double#MAX_VALUE} for any
   */
  public double number(String key, double otherwise, double least, double most) {
    JsonNode value = value(key);
    if (value == null) {
      return otherwise;
    }
    if (value.isNumber() && value.asDouble() >= least && value.asDouble() <= most) {
      return value.asDouble();
    }
    throw wrong(
        key,
        "a number"
            + (most == Double.MAX_VALUE
                ? ", %s or more,".formatted(plain(least))
                : " from %s to %s".formatted(plain(least), plain(most))));
  }

  /**
   * The whole number at a key.
   *
   * @param least smallest that is allowed
   * @param most largest that is allowed, {@link Integer#MAX_VALUE} for any
   */
  public int whole(String key, int otherwise, int least, int most) {
    return (int) whole(key, (long) otherwise, least, (long) most);
  }

  /** The same beyond the range of an {@code int}; {@link Long#MAX_VALUE} for any. */
  public long whole(String key, long otherwise, long least, long most) {
    JsonNode value = value(key);
    if (value == null) {
      return otherwise;
    }
    if (value.canConvertToLong()
        && value.isIntegralNumber()
        && value.asLong() >= least
        && value.asLong() <= most) {
      return value.asLong();
    }
    boolean open = most == Integer.MAX_VALUE || most == Long.MAX_VALUE;
    String range =
        open ? ", %d or more,".formatted(least) : " from %d to %d".formatted(least, most);
    throw wrong(key, "a whole number" + (least == Long.MIN_VALUE ? "" : range));
  }

  /** The {@code true} or {@code false} at a key. */
  public boolean flag(String key, boolean otherwise) {
    JsonNode value = value(key);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong(key, "true or false");
    }
    return value.asBoolean();
  }

  /** The duration at a key, within these bounds. */
  public Duration duration(String key, Duration otherwise, Duration least, Duration most) {
    JsonNode value = value(key);
    if (value == null) {
      return otherwise;
    }
    try {
      Duration duration = Duration.parse(value.asText());
      if (value.isTextual() && duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw wrong(key, "an ISO-8601 duration from %s to %s".formatted(least, most));
  }

  /** For a value that the caller looks at himself. */
  public IllegalArgumentException wrong(String key, String expected) {
    JsonNode value = value(key);
    return new IllegalArgumentException(
        "%s must be %s but is %s".formatted(placeOf(key), expected, quote(value)));
  }

  /** Where a key stands in the recipe. */
  public String placeOf(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }

  private @Nullable JsonNode value(String key) {
    if (!known.contains(key)) {
      throw new IllegalStateException(placeOf(key) + " is read but not among the known keys");
    }
    JsonNode value = values.path(key);
    return value.isMissingNode() || value.isNull() ? null : value;
  }

  private Iterable<JsonNode> list(String key, String of) {
    JsonNode value = value(key);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw new IllegalArgumentException(placeOf(key) + " must be a list of " + of);
    }
    return value;
  }

  private static String text(JsonNode value, String place) {
    if (!value.isTextual()) {
      // 1.10 is the number 1.1, and 0123 is 83: a confidential word would be another one
      throw new IllegalArgumentException(
          place + " must be a text" + (value.isContainerNode() ? "" : "; put it into quotes"));
    }
    return value.asText();
  }

  private static String quote(@Nullable JsonNode value) {
    if (value == null) {
      return "absent";
    }
    if (value.isContainerNode()) {
      return value.isArray() ? "a list" : "a block";
    }
    String text = value.asText();
    String shown = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
    return "'" + shown + "'" + (value.isTextual() ? readsAs(text) : "");
  }

  /** Somebody who wrote a number or a flag must learn why it is none. */
  private static String readsAs(String text) {
    boolean looksPlain = text.matches("(?i)[+-]?[0-9.,_]+(e[+-]?[0-9]+)?|true|false|yes|no|on|off");
    return looksPlain ? ", which YAML reads as a text" : "";
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e15
        ? Long.toString((long) bound)
        : Double.toString(bound);
  }
}
