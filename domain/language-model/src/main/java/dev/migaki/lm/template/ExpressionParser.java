package dev.migaki.lm.template;

import dev.migaki.lm.template.Expression.Arguments;
import dev.migaki.lm.template.Lexer.Kind;
import dev.migaki.lm.template.Lexer.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads expressions by precedence, as Jinja2's {@code parser.py}. */
final class ExpressionParser {

  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");

  private final TokenReader tokens;

  ExpressionParser(TokenReader tokens) {
    this.tokens = tokens;
  }

  /** An expression; a comma makes a tuple. */
  Expression tuple() {
    Expression first = expression();
    if (!tokens.peek().is(Kind.OPERATOR, ",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (tokens.acceptOperator(",") && tokens.peek().kind() != Kind.BLOCK_END) {
      items.add(expression());
    }
    return list(items);
  }

  Expression expression() {
    Expression value = or();
    while (tokens.accept(Kind.NAME, "if")) {
      Expression then = value;
      Expression condition = or();
      Expression otherwise =
          tokens.accept(Kind.NAME, "else") ? expression() : scope -> new Values.Undefined("else");
      value = scope -> Values.truth(condition.in(scope)) ? then.in(scope) : otherwise.in(scope);
    }
    return value;
  }

  Expression or() {
    Expression left = and();
    while (tokens.accept(Kind.NAME, "or")) {
      Expression first = left;
      Expression second = and();
      left =
          scope -> {
            Object value = first.in(scope);
            return Values.truth(value) ? value : second.in(scope);
          };
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (tokens.accept(Kind.NAME, "and")) {
      Expression first = left;
      Expression second = not();
      left =
          scope -> {
            Object value = first.in(scope);
            return Values.truth(value) ? second.in(scope) : value;
          };
    }
    return left;
  }

  private Expression not() {
    if (tokens.accept(Kind.NAME, "not")) {
      Expression value = not();
      return scope -> !Values.truth(value.in(scope));
    }
    return comparison();
  }

  private record Comparison(String operator, Expression right) {}

  private Expression comparison() {
    Expression first = sum();
    List<Comparison> chain = new ArrayList<>();
    while (true) {
      Token token = tokens.peek();
      if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
        tokens.next();
        chain.add(new Comparison(token.text(), sum()));
      } else if (tokens.accept(Kind.NAME, "in")) {
        chain.add(new Comparison("in", sum()));
      } else if (token.is(Kind.NAME, "not") && tokens.isSecond(Kind.NAME, "in")) {
        tokens.next();
        tokens.next();
        chain.add(new Comparison("not in", sum()));
      } else {
        break;
      }
    }
    return chain.isEmpty() ? first : scope -> holds(first, chain, scope);
  }

  private static boolean holds(Expression first, List<Comparison> chain, Scope scope) {
    Object left = first.in(scope);
    for (Comparison comparison : chain) {
      Object right = comparison.right().in(scope);
      if (!Expression.compare(comparison.operator(), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private Expression sum() {
    Expression left = concatenation();
    while (tokens.peek().is(Kind.OPERATOR, "+") || tokens.peek().is(Kind.OPERATOR, "-")) {
      left = arithmetic(tokens.next().text(), left, concatenation());
    }
    return left;
  }

  private static Expression arithmetic(String operator, Expression left, Expression right) {
    return scope -> Expression.arithmetic(operator, left.in(scope), right.in(scope));
  }

  private Expression concatenation() {
    Expression left = product();
    while (tokens.acceptOperator("~")) {
      Expression first = left;
      Expression second = product();
      left =
          scope ->
              Expression.arithmetic(
                  "+", Values.text(first.in(scope)), Values.text(second.in(scope)));
    }
    return left;
  }

  private Expression product() {
    Expression left = power();
    while (tokens.peek().kind() == Kind.OPERATOR
        && Set.of("*", "/", "//", "%").contains(tokens.peek().text())) {
      left = arithmetic(tokens.next().text(), left, power());
    }
    return left;
  }

  private Expression power() {
    Expression left = unary(true);
    while (tokens.acceptOperator("**")) {
      left = arithmetic("**", left, unary(true));
    }
    return left;
  }

  private Expression unary(boolean withFilters) {
    Expression value;
    if (tokens.acceptOperator("-")) {
      value = arithmetic("*", scope -> -1L, unary(false));
    } else if (tokens.acceptOperator("+")) {
      value = unary(false);
    } else {
      value = postfix(primary());
    }
    return withFilters ? filters(postfix(value)) : value;
  }

  private Expression primary() {
    Token token = tokens.next();
    return switch (token.kind()) {
      case STRING -> {
        StringBuilder text = new StringBuilder(token.text());
        while (tokens.peek().kind() == Kind.STRING) {
          text.append(tokens.next().text());
        }
        String whole = text.toString();
        yield scope -> whole;
      }
      case NUMBER -> number(token.text());
      case NAME -> constant(token.text());
      case OPERATOR -> bracket(token);
      case TEXT, BLOCK_START, BLOCK_END, PRINT_START, PRINT_END, END ->
          throw new TemplateException("line " + token.line() + ": an expression is missing");
    };
  }

  private static Expression number(String text) {
    Object value = text.contains(".") ? (Object) Double.valueOf(text) : (Object) Long.valueOf(text);
    return scope -> value;
  }

  private static Expression constant(String name) {
    return switch (name) {
      case "true", "True" -> scope -> true;
      case "false", "False" -> scope -> false;
      case "none", "None" -> scope -> null;
      default -> scope -> scope.get(name);
    };
  }

  private Expression bracket(Token token) {
    switch (token.text()) {
      case "(":
        List<Expression> items = new ArrayList<>();
        boolean tuple = tokens.peek().is(Kind.OPERATOR, ")");
        while (!tokens.acceptOperator(")")) {
          items.add(expression());
          if (tokens.acceptOperator(",")) {
            tuple = true;
          } else if (!tokens.peek().is(Kind.OPERATOR, ")")) {
            tokens.expect(Kind.OPERATOR, ")");
          }
        }
        return tuple ? list(items) : items.get(0);
      case "[":
        return list(until("]"));
      case "{":
        return mapping();
      default:
        throw new TemplateException(
            "line " + token.line() + ": '" + token.text() + "' where an expression is needed");
    }
  }

  private List<Expression> until(String end) {
    List<Expression> items = new ArrayList<>();
    while (!tokens.acceptOperator(end)) {
      items.add(expression());
      if (!tokens.acceptOperator(",") && !tokens.peek().is(Kind.OPERATOR, end)) {
        tokens.expect(Kind.OPERATOR, end);
      }
    }
    return items;
  }

  private static Expression list(List<Expression> items) {
    return scope -> {
      List<@Nullable Object> values = new ArrayList<>();
      items.forEach(item -> values.add(item.in(scope)));
      return values;
    };
  }

  private Expression mapping() {
    Map<Expression, Expression> entries = new LinkedHashMap<>();
    while (!tokens.acceptOperator("}")) {
      Expression key = expression();
      tokens.expect(Kind.OPERATOR, ":");
      entries.put(key, expression());
      if (!tokens.acceptOperator(",") && !tokens.peek().is(Kind.OPERATOR, "}")) {
        tokens.expect(Kind.OPERATOR, "}");
      }
    }
    return scope -> {
      Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
      entries.forEach((key, value) -> values.put(key.in(scope), value.in(scope)));
      return values;
    };
  }

  private Expression postfix(Expression value) {
    Expression result = value;
    while (true) {
      if (tokens.acceptOperator(".")) {
        Token token = tokens.next();
        result = member(result, token.text());
      } else if (tokens.acceptOperator("[")) {
        result = subscript(result);
      } else if (tokens.acceptOperator("(")) {
        Expression function = result;
        Arguments arguments = arguments();
        result = scope -> call(function.in(scope), arguments, scope);
      } else {
        return result;
      }
    }
  }

  private Expression member(Expression object, String name) {
    if (!tokens.acceptOperator("(")) {
      return scope -> Expression.member(object.in(scope), name);
    }
    Arguments arguments = arguments();
    return scope -> {
      Object target = object.in(scope);
      Object own = target instanceof Map<?, ?> map && !map.containsKey(name) ? null : target;
      if (own instanceof Values.Namespace || own instanceof Map<?, ?>) {
        return call(Expression.member(target, name), arguments, scope);
      }
      return Methods.call(target, name, arguments.values(scope));
    };
  }

  private static @Nullable Object call(
      @Nullable Object function, Arguments arguments, Scope scope) {
    if (function instanceof Values.Function known) {
      return known.call(arguments.values(scope), arguments.named(scope));
    }
    throw new TemplateException(Values.type(function) + " cannot be called");
  }

  private Expression subscript(Expression object) {
    Expression start = tokens.peek().is(Kind.OPERATOR, ":") ? scope -> null : expression();
    if (tokens.acceptOperator("]")) {
      return scope -> Expression.member(object.in(scope), start.in(scope));
    }
    tokens.expect(Kind.OPERATOR, ":");
    boolean open = tokens.peek().is(Kind.OPERATOR, "]") || tokens.peek().is(Kind.OPERATOR, ":");
    Expression end = open ? scope -> null : expression();
    Expression step =
        tokens.acceptOperator(":") && !tokens.peek().is(Kind.OPERATOR, "]")
            ? expression()
            : scope -> null;
    tokens.expect(Kind.OPERATOR, "]");
    return scope ->
        Expression.slice(object.in(scope), start.in(scope), end.in(scope), step.in(scope));
  }

  /** Behind the opening parenthesis. */
  Arguments arguments() {
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!tokens.acceptOperator(")")) {
      if (tokens.peek().kind() == Kind.NAME && tokens.isSecond(Kind.OPERATOR, "=")) {
        String name = tokens.name();
        tokens.next();
        named.put(name, expression());
      } else {
        positional.add(expression());
      }
      if (!tokens.acceptOperator(",") && !tokens.peek().is(Kind.OPERATOR, ")")) {
        tokens.expect(Kind.OPERATOR, ")");
      }
    }
    return new Arguments(positional, named);
  }

  private Expression filters(Expression value) {
    Expression result = value;
    while (true) {
      if (tokens.acceptOperator("|")) {
        result = filter(result);
      } else if (tokens.accept(Kind.NAME, "is")) {
        result = test(result);
      } else {
        return result;
      }
    }
  }

  Expression filter(Expression value) {
    Token token = tokens.peek();
    String name = tokens.name();
    Filters.requireKnown(name, token.line());
    Arguments arguments =
        tokens.acceptOperator("(") ? arguments() : new Arguments(List.of(), Map.of());
    return scope ->
        Filters.apply(name, value.in(scope), arguments.values(scope), arguments.named(scope));
  }

  private Expression test(Expression value) {
    boolean negated = tokens.accept(Kind.NAME, "not");
    Token token = tokens.peek();
    String name = tokens.name();
    Tests.requireKnown(name, token.line());
    Expression argument = scope -> null;
    if (tokens.acceptOperator("(")) {
      Arguments arguments = arguments();
      argument = arguments.positional().isEmpty() ? argument : arguments.positional().get(0);
    } else if (Tests.takesArgument(name)) {
      argument = postfix(primary());
    }
    Expression with = argument;
    return scope -> Tests.holds(name, value.in(scope), with.in(scope)) != negated;
  }
}
