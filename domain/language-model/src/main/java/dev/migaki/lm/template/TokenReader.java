package dev.migaki.lm.template;

import dev.migaki.lm.template.Lexer.Kind;
import dev.migaki.lm.template.Lexer.Token;
import java.util.List;

/** The tokens of a template, read one after the other. */
final class TokenReader {

  private final List<Token> tokens;
  private int at;

  TokenReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token next() {
    return tokens.get(at++);
  }

  /** Whether the token behind the next one is this. */
  boolean isSecond(Kind kind, String text) {
    return tokens.get(at + 1).is(kind, text);
  }

  boolean accept(Kind kind, String text) {
    if (peek().is(kind, text)) {
      at++;
      return true;
    }
    return false;
  }

  boolean acceptOperator(String text) {
    return accept(Kind.OPERATOR, text);
  }

  void expect(Kind kind, String text) {
    Token token = next();
    if (token.kind() != kind || !(text.isEmpty() || token.text().equals(text))) {
      throw new TemplateException(
          "line "
              + token.line()
              + ": '"
              + token.text()
              + "' where "
              + (text.isEmpty() ? kind : "'" + text + "'")
              + " is needed");
    }
  }

  String name() {
    Token token = next();
    if (token.kind() != Kind.NAME) {
      throw new TemplateException(
          "line " + token.line() + ": '" + token.text() + "' where a name is needed");
    }
    return token.text();
  }
}
