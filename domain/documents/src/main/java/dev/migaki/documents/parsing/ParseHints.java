package dev.migaki.documents.parsing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the sender said about a file. Hints help where the content is ambiguous; content that
 * contradicts them wins.
 *
 * @param filename name with its extension, possibly with a path before it
 * @param contentType media type, possibly with parameters: {@code charset}, and for tables {@code
 *     question} and {@code answer}, the names of the columns that hold them
 * @param language BCP 47 tag
 */
public record ParseHints(
    @Nullable String filename, @Nullable String contentType, @Nullable String language) {

  private static final ParseHints NONE = new ParseHints(null, null, null);

  /** Nothing is known but the bytes. */
  public static ParseHints none() {
    return NONE;
  }

  /** Only the name is known. */
  public static ParseHints ofFilename(String filename) {
    return new ParseHints(filename, null, null);
  }

  /** Lower-case extension of the file name without the dot, empty if it has none. */
  public String extension() {
    String name = baseName();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** File name without directories, empty if there is none. */
  public String baseName() {
    if (filename == null) {
      return "";
    }
    return filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
  }

  /** Lower-case media type without parameters, empty if there is none. */
  public String mediaType() {
    if (contentType == null) {
      return "";
    }
    int semicolon = contentType.indexOf(';');
    String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return type.trim().toLowerCase(Locale.ROOT);
  }

  /** The charset parameter of the content type, null if there is none. */
  public @Nullable String charset() {
    return parameter("charset");
  }

  /** A parameter of the content type by its lower-case name, null if there is none. */
  public @Nullable String parameter(String name) {
    if (contentType == null) {
      return null;
    }
    for (String parameter : contentType.split(";", -1)) {
      String trimmed = parameter.trim();
      if (trimmed.toLowerCase(Locale.ROOT).startsWith(name + "=")) {
        return trimmed.substring(name.length() + 1).replace("\"", "").trim();
      }
    }
    return null;
  }

  /**
   * These hints with the names of a table's columns, unless the sender has named some.
   *
   * @throws IllegalArgumentException when a name holds a semicolon or a quote
   */
  public ParseHints withColumns(String question, String answer) {
    if (parameter("question") != null || parameter("answer") != null) {
      return this;
    }
    if ((question + answer).matches("(?s).*[;\"\n].*")) {
      throw new IllegalArgumentException("names of columns hold no semicolon, quote or line end");
    }
    String type = contentType == null ? "application/octet-stream" : contentType;
    return new ParseHints(
        filename, type + "; question=\"" + question + "\"; answer=\"" + answer + "\"", language);
  }
}
