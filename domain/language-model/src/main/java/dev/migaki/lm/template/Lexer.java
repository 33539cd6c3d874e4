package dev.migaki.lm.template;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into text and tags, and tags into tokens, with {@code trim_blocks} and {@code
 * lstrip_blocks} on, as transformers renders chat templates.
 */
final class Lexer {

  /** What a token is. */
  enum Kind {
    TEXT,
    BLOCK_START,
    BLOCK_END,
    PRINT_START,
    PRINT_END,
    NAME,
    STRING,
    NUMBER,
    OPERATOR,
    END
  }

  /** A token and where it stands. */
  record Token(Kind kind, String text, int line) {
    boolean is(Kind wanted, String content) {
      return kind == wanted && text.equals(content);
    }
  }

  private static final List<String> OPERATORS =
      List.of(
          "==", "!=", ">=", "<=", "//", "**", "(", ")", "[", "]", "{", "}", ",", ":", ".", "|", "~",
          "+", "-", "*", "/", "%", "<", ">", "=");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String template) {
    String source = template.replace("\r\n", "\n").replace('\r', '\n');
    if (source.endsWith("\n")) {
      source = source.substring(0, source.length() - 1);
    }
    Lexer lexer = new Lexer(source);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    boolean stripNext = false;
    boolean trimNewline = false;
    while (at < source.length()) {
      int tag = nextTag();
      String text = source.substring(at, tag);
      int textLine = line;
      countLines(text);
      boolean atLineStart = lineStart(tag);
      if (stripNext) {
        text = text.stripLeading();
      } else if (trimNewline && text.startsWith("\n")) {
        text = text.substring(1);
      }
      if (tag < source.length()) {
        char control = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
        boolean print = source.charAt(tag + 1) == '{';
        if (control == '-') {
          text = text.stripTrailing();
        } else if (!print && control != '+' && atLineStart) {
          text = withoutIndent(text);
        }
      }
      if (!text.isEmpty()) {
        tokens.add(new Token(Kind.TEXT, text, textLine));
      }
      if (tag >= source.length()) {
        break;
      }
      at = tag;
      char kind = source.charAt(tag + 1);
      char closing = kind == '#' ? comment() : tag(kind == '{');
      stripNext = closing == '-';
      trimNewline = kind != '{' && closing != '+';
    }
    tokens.add(new Token(Kind.END, "", line));
  }

  private int nextTag() {
    for (int i = at; i + 1 < source.length(); i++) {
      if (source.charAt(i) == '{' && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return source.length();
  }

  /** Whether only blanks stand before {@code tag} on its line. */
  private boolean lineStart(int tag) {
    for (int i = tag - 1; i >= 0; i--) {
      char c = source.charAt(i);
      if (c == '\n') {
        return true;
      }
      if (c != ' ' && c != '\t') {
        return false;
      }
    }
    return true;
  }

  private static String withoutIndent(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
      end--;
    }
    return text.substring(0, end);
  }

  private char comment() {
    int end = source.indexOf("#}", at + 2);
    if (end < 0) {
      throw new TemplateException("line " + line + ": comment without end");
    }
    char last = source.charAt(end - 1);
    countLines(source.substring(at, end));
    at = end + 2;
    return last;
  }

  private char tag(boolean print) {
    tokens.add(new Token(print ? Kind.PRINT_START : Kind.BLOCK_START, "", line));
    at += 2;
    if (at < source.length() && (source.charAt(at) == '-' || source.charAt(at) == '+')) {
      at++;
    }
    String end = print ? "}}" : "%}";
    int depth = 0;
    while (at < source.length()) {
      skipBlanks();
      char control = at < source.length() ? source.charAt(at) : ' ';
      boolean controlled = control == '-' || control == '+';
      if (depth == 0 && source.startsWith(end, at + (controlled ? 1 : 0))) {
        at += controlled ? 3 : 2;
        tokens.add(new Token(print ? Kind.PRINT_END : Kind.BLOCK_END, "", line));
        return controlled ? control : ' ';
      }
      Token token = token();
      depth += token.kind() == Kind.OPERATOR ? nesting(token.text()) : 0;
      tokens.add(token);
    }
    throw new TemplateException("line " + line + ": tag without end");
  }

  private static int nesting(String operator) {
    return switch (operator) {
      case "(", "[", "{" -> 1;
      case ")", "]", "}" -> -1;
      default -> 0;
    };
  }

  private Token token() {
    if (at >= source.length()) {
      throw new TemplateException("line " + line + ": tag without end");
    }
    char c = source.charAt(at);
    if (c == '"' || c == '\'') {
      return string(c);
    }
    int start = at;
    if (Character.isDigit(c)) {
      while (at < source.length()
          && (Character.isDigit(source.charAt(at))
              || source.charAt(at) == '_'
              || (source.charAt(at) == '.'
                  && at + 1 < source.length()
                  && Character.isDigit(source.charAt(at + 1))))) {
        at++;
      }
      return new Token(Kind.NUMBER, source.substring(start, at).replace("_", ""), line);
    }
    if (Character.isJavaIdentifierStart(c)) {
      while (at < source.length() && Character.isJavaIdentifierPart(source.charAt(at))) {
        at++;
      }
      return new Token(Kind.NAME, source.substring(start, at), line);
    }
    for (String operator : OPERATORS) {
      if (source.startsWith(operator, at)) {
        at += operator.length();
        return new Token(Kind.OPERATOR, operator, line);
      }
    }
    throw new TemplateException("line " + line + ": unexpected character '" + c + "'");
  }

  private Token string(char quote) {
    StringBuilder text = new StringBuilder();
    int start = line;
    at++;
    while (at < source.length() && source.charAt(at) != quote) {
      char c = source.charAt(at++);
      if (c == '\n') {
        line++;
      }
      text.append(c == '\\' && at < source.length() ? escape(source.charAt(at++)) : c);
    }
    if (at >= source.length()) {
      throw new TemplateException("line " + start + ": string without end");
    }
    at++;
    return new Token(Kind.STRING, text.toString(), start);
  }

  private String escape(char c) {
    return switch (c) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'u' -> {
        if (at + 4 > source.length()) {
          throw new TemplateException("line " + line + ": \\u without four digits");
        }
        String digits = source.substring(at, at + 4);
        at += 4;
        yield String.valueOf((char) Integer.parseInt(digits, 16));
      }
      case '\\', '\'', '"' -> String.valueOf(c);
      default -> "\\" + c;
    };
  }

  private void skipBlanks() {
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      if (source.charAt(at) == '\n') {
        line++;
      }
      at++;
    }
  }

  private void countLines(String text) {
    line += (int) text.chars().filter(c -> c == '\n').count();
  }
}
