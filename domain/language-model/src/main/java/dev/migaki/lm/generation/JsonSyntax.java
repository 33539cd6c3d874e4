package dev.migaki.lm.generation;

import java.util.Arrays;

/**
 * Where a text stands inside a JSON object (RFC 8259), byte by byte: which byte may follow, and
 * whether the object is complete.
 *
 * <p>A push-down automaton over UTF-8. Two things are stricter than the grammar, so that a model
 * cannot lose its way: at most {@value #MAX_BLANKS} blanks in a row, and nesting of at most {@value
 * #MAX_DEPTH}. Surrogates are not accepted as escapes, so that every string is valid Unicode.
 */
final class JsonSyntax {

  static final int MAX_DEPTH = 32;
  static final int MAX_BLANKS = 24;

  private enum Place {
    START,
    FIRST_KEY,
    KEY,
    COLON,
    VALUE,
    FIRST_ELEMENT,
    AFTER_VALUE,
    STRING,
    ESCAPE,
    UNICODE,
    LITERAL,
    MINUS,
    ZERO,
    INTEGER,
    POINT,
    FRACTION,
    EXPONENT,
    EXPONENT_SIGN,
    EXPONENT_DIGITS,
    DONE
  }

  private final boolean[] objects;
  private int depth;
  private Place place;
  private boolean key;
  private int blanks;
  private int remaining;
  private int low;
  private int high;
  private String literal;

  JsonSyntax() {
    objects = new boolean[MAX_DEPTH];
    place = Place.START;
    literal = "";
  }

  private JsonSyntax(JsonSyntax other) {
    objects = Arrays.copyOf(other.objects, MAX_DEPTH);
    literal = other.literal;
    place = other.place;
    copyFrom(other);
  }

  JsonSyntax copy() {
    return new JsonSyntax(this);
  }

  /** Takes another's state without allocating. */
  void copyFrom(JsonSyntax other) {
    System.arraycopy(other.objects, 0, objects, 0, other.depth);
    depth = other.depth;
    place = other.place;
    key = other.key;
    blanks = other.blanks;
    remaining = other.remaining;
    low = other.low;
    high = other.high;
    literal = other.literal;
  }

  /** Whether the object has been closed. */
  boolean complete() {
    return place == Place.DONE;
  }

  /** Whether any whole characters without quotes, backslashes and controls may follow. */
  boolean insideString() {
    return place == Place.STRING && remaining == 0;
  }

  /** Takes all bytes; false, with the state undefined, when they cannot follow. */
  boolean accept(byte[] bytes) {
    for (byte value : bytes) {
      if (!accept(value & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  /** Takes a byte; false when it cannot follow. */
  boolean accept(int value) {
    return switch (place) {
      case START -> blank(value) || (value == '{' && open(true));
      case FIRST_KEY -> blank(value) || (value == '"' && string(true)) || (value == '}' && close());
      case KEY -> blank(value) || (value == '"' && string(true));
      case COLON -> blank(value) || (value == ':' && go(Place.VALUE));
      case VALUE -> blank(value) || value(value);
      case FIRST_ELEMENT -> blank(value) || (value == ']' && close()) || value(value);
      case AFTER_VALUE -> blank(value) || afterValue(value);
      case STRING -> inString(value);
      case ESCAPE -> escape(value);
      case UNICODE -> unicode(value);
      case LITERAL -> inLiteral(value);
      case MINUS -> digit(value) && go(value == '0' ? Place.ZERO : Place.INTEGER);
      case ZERO -> fractionOrEnd(value);
      case INTEGER -> digit(value) || fractionOrEnd(value);
      case POINT -> digit(value) && go(Place.FRACTION);
      case FRACTION -> digit(value) || exponentOrEnd(value);
      case EXPONENT ->
          ((value == '+' || value == '-') && go(Place.EXPONENT_SIGN))
              || (digit(value) && go(Place.EXPONENT_DIGITS));
      case EXPONENT_SIGN -> digit(value) && go(Place.EXPONENT_DIGITS);
      case EXPONENT_DIGITS -> digit(value) || endOfNumber(value);
      case DONE -> false;
    };
  }

  private boolean go(Place next) {
    place = next;
    blanks = 0;
    return true;
  }

  private boolean blank(int value) {
    boolean blank = value == ' ' || value == '\n' || value == '\r' || value == '\t';
    return blank && ++blanks <= MAX_BLANKS;
  }

  private static boolean digit(int value) {
    return value >= '0' && value <= '9';
  }

  private boolean open(boolean object) {
    if (depth == MAX_DEPTH) {
      return false;
    }
    objects[depth++] = object;
    return go(object ? Place.FIRST_KEY : Place.FIRST_ELEMENT);
  }

  private boolean close() {
    depth--;
    return go(depth == 0 ? Place.DONE : Place.AFTER_VALUE);
  }

  private boolean string(boolean asKey) {
    key = asKey;
    remaining = 0;
    return go(Place.STRING);
  }

  private boolean value(int value) {
    return switch (value) {
      case '{' -> open(true);
      case '[' -> open(false);
      case '"' -> string(false);
      case 't' -> literal("rue");
      case 'f' -> literal("alse");
      case 'n' -> literal("ull");
      case '-' -> go(Place.MINUS);
      case '0' -> go(Place.ZERO);
      default -> digit(value) && go(Place.INTEGER);
    };
  }

  private boolean literal(String rest) {
    literal = rest;
    return go(Place.LITERAL);
  }

  private boolean inLiteral(int value) {
    if (value != literal.charAt(0)) {
      return false;
    }
    literal = literal.substring(1);
    return !literal.isEmpty() || go(Place.AFTER_VALUE);
  }

  private boolean afterValue(int value) {
    boolean object = objects[depth - 1];
    if (value == ',') {
      return go(object ? Place.KEY : Place.VALUE);
    }
    return value == (object ? '}' : ']') && close();
  }

  private boolean fractionOrEnd(int value) {
    return (value == '.' && go(Place.POINT)) || exponentOrEnd(value);
  }

  private boolean exponentOrEnd(int value) {
    return ((value == 'e' || value == 'E') && go(Place.EXPONENT)) || endOfNumber(value);
  }

  private boolean endOfNumber(int value) {
    go(Place.AFTER_VALUE);
    return blank(value) || afterValue(value);
  }

  private boolean inString(int value) {
    if (remaining > 0) {
      boolean follows = value >= low && value <= high;
      low = 0x80;
      high = 0xBF;
      remaining--;
      return follows;
    }
    if (value == '"') {
      return go(key ? Place.COLON : Place.AFTER_VALUE);
    }
    if (value == '\\') {
      return go(Place.ESCAPE);
    }
    return value >= 0x20 && (value < 0x80 || lead(value));
  }

  /** The first byte of a longer character, with the ranges of Unicode 15, table 3-7. */
  private boolean lead(int value) {
    if (value < 0xC2 || value > 0xF4) {
      return false;
    }
    remaining = value >= 0xF0 ? 3 : value >= 0xE0 ? 2 : 1;
    low = value == 0xE0 ? 0xA0 : value == 0xF0 ? 0x90 : 0x80;
    high = value == 0xED ? 0x9F : value == 0xF4 ? 0x8F : 0xBF;
    return true;
  }

  private boolean escape(int value) {
    if (value == 'u') {
      remaining = 4;
      low = 0;
      return go(Place.UNICODE);
    }
    return "\"\\/bfnrt".indexOf(value) >= 0 && go(Place.STRING);
  }

  private boolean unicode(int value) {
    int digit = value < 0x80 ? Character.digit(value, 16) : -1;
    boolean surrogate = remaining == 3 && low == 0xD && digit >= 8;
    if (digit < 0 || surrogate) {
      return false;
    }
    low = digit;
    remaining--;
    return remaining > 0 || go(Place.STRING);
  }
}
