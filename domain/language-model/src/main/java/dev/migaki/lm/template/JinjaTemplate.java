package dev.migaki.lm.template;

import dev.migaki.lm.template.Lexer.Kind;
import dev.migaki.lm.template.Lexer.Token;
import dev.migaki.lm.template.Statement.Flow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A chat template: the part of Jinja2 that models are published with, rendered as transformers does
 * ({@code trim_blocks}, {@code lstrip_blocks}, loop controls, no escaping, {@code tojson} without
 * escapes). Immutable and thread-safe.
 *
 * <p>What is not understood fails when the template is read, with its line; nothing is skipped,
 * because half a prompt gives a wrong answer without a trace. Source:
 * https://jinja.palletsprojects.com/en/stable/templates/.
 */
public final class JinjaTemplate {

  private static final int MAX_RANGE = 100_000;

  private final Statement body;
  private final TokenReader tokens;
  private final ExpressionParser expressions;

  private JinjaTemplate(String source) {
    this.tokens = new TokenReader(Lexer.tokens(source));
    this.expressions = new ExpressionParser(tokens);
    this.body = block(Set.of());
  }

  /**
   * @throws TemplateException when the template cannot be read
   */
  public static JinjaTemplate parse(String source) {
    try {
      return new JinjaTemplate(source);
    } catch (StackOverflowError e) {
      throw new TemplateException("the template is nested too deeply");
    }
  }

  /**
   * Renders.
   *
   * @param context names with texts, booleans, {@link Long}s, {@link Double}s, lists, maps or null
   * @param date what {@code strftime_now} gives for a format
   * @throws TemplateException when the template raises an error, uses what is undefined, or takes
   *     more than any chat template needs: 10⁶ steps, 10⁷ characters, macros 200 deep
   */
  public String render(
      Map<String, ? extends @Nullable Object> context, UnaryOperator<String> date) {
    Map<String, Values.Function> functions = functions();
    functions.put(
        "strftime_now",
        (arguments, named) -> date.apply(Values.text(Methods.argument(arguments, 0))));
    StringBuilder out = new StringBuilder();
    try {
      body.run(new Scope(functions).inner(context), out);
    } catch (StackOverflowError e) {
      throw new TemplateException("is nested too deeply");
    }
    return out.toString();
  }

  private static Map<String, Values.Function> functions() {
    Map<String, Values.Function> functions = new HashMap<>();
    functions.put("range", (arguments, named) -> range(arguments));
    functions.put(
        "namespace", (arguments, named) -> new Values.Namespace(new LinkedHashMap<>(named)));
    functions.put("dict", (arguments, named) -> new LinkedHashMap<>(named));
    functions.put(
        "raise_exception",
        (arguments, named) -> {
          throw new TemplateException(Values.text(Methods.argument(arguments, 0)));
        });
    return functions;
  }

  private static Object range(List<@Nullable Object> arguments) {
    int start = arguments.size() > 1 ? Values.intOf(arguments.get(0)) : 0;
    int end = Values.intOf(arguments.get(arguments.size() > 1 ? 1 : 0));
    int step = arguments.size() > 2 ? Values.intOf(arguments.get(2)) : 1;
    if (step == 0 || Math.abs((long) end - start) > MAX_RANGE) {
      throw new TemplateException("range is too long");
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (long i = start; step > 0 ? i < end : i > end; i += step) {
      values.add(i);
    }
    return values;
  }

  /** Statements up to one of the given tags, which stays unread behind its opening. */
  private Statement block(Set<String> ends) {
    List<Statement> statements = new ArrayList<>();
    while (true) {
      Token token = tokens.next();
      switch (token.kind()) {
        case TEXT -> statements.add(Statement.text(token.text()));
        case PRINT_START -> {
          statements.add(Statement.print(expressions.tuple()));
          tokens.expect(Kind.PRINT_END, "");
        }
        case BLOCK_START -> {
          if (ends.contains(tokens.peek().text())) {
            return Statement.all(statements);
          }
          statements.add(statement());
        }
        case END -> {
          if (!ends.isEmpty()) {
            throw new TemplateException(
                "line " + token.line() + ": one of " + ends + " is missing");
          }
          return Statement.all(statements);
        }
        case BLOCK_END, PRINT_END, NAME, STRING, NUMBER, OPERATOR ->
            throw new TemplateException("line " + token.line() + ": unexpected " + token.text());
      }
    }
  }

  private Statement statement() {
    Token token = tokens.peek();
    String tag = tokens.name();
    return switch (tag) {
      case "if" -> choice();
      case "for" -> loop();
      case "set" -> assignment();
      case "macro" -> macro();
      case "break" -> flow(Flow.BREAK);
      case "continue" -> flow(Flow.CONTINUE);
      // marks what the assistant wrote; it changes no output
      case "generation" -> enclosed("endgeneration");
      case "filter" -> filtered();
      default ->
          throw new TemplateException(
              "line " + token.line() + ": tag '" + tag + "' is not supported");
    };
  }

  private Statement flow(Flow flow) {
    end();
    return (scope, out) -> flow;
  }

  private void end() {
    tokens.expect(Kind.BLOCK_END, "");
  }

  private Statement enclosed(String end) {
    end();
    Statement inside = block(Set.of(end));
    tokens.name();
    end();
    return inside;
  }

  private Statement filtered() {
    Expression applied = expressions.filter(scope -> scope.get(" filtered"));
    Statement inside = enclosed("endfilter");
    return (scope, out) -> {
      StringBuilder written = new StringBuilder();
      Scope inner = scope.inner();
      inside.run(inner, written);
      inner.set(" filtered", written.toString());
      out.append(Values.text(applied.in(inner)));
      return Flow.NEXT;
    };
  }

  private Statement choice() {
    List<Statement.Branch> branches = new ArrayList<>();
    Expression condition = expressions.tuple();
    while (true) {
      end();
      Statement body = block(Set.of("elif", "else", "endif"));
      branches.add(new Statement.Branch(condition, body));
      String next = tokens.name();
      if (next.equals("endif")) {
        end();
        return Statement.choice(branches);
      }
      condition = next.equals("elif") ? expressions.tuple() : scope -> true;
    }
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    boolean bracket = tokens.acceptOperator("(");
    do {
      names.add(tokens.name());
    } while (tokens.acceptOperator(","));
    if (bracket) {
      tokens.expect(Kind.OPERATOR, ")");
    }
    return names;
  }

  private Statement loop() {
    List<String> targets = names();
    tokens.expect(Kind.NAME, "in");
    // an `if` behind the items is the loop's filter, not a conditional expression
    Expression items = expressions.or();
    Expression filter = tokens.accept(Kind.NAME, "if") ? expressions.or() : null;
    end();
    Statement body = block(Set.of("else", "endfor"));
    Statement otherwise = Statement.all(List.of());
    if (tokens.name().equals("else")) {
      otherwise = enclosed("endfor");
    } else {
      end();
    }
    return new Statement.Loop(targets, items, filter, body, otherwise);
  }

  private Statement assignment() {
    List<String> targets = names();
    if (targets.size() == 1 && tokens.acceptOperator(".")) {
      return fieldAssignment(targets.get(0), tokens.name());
    }
    if (tokens.acceptOperator("=")) {
      Expression value = expressions.tuple();
      end();
      return (scope, out) -> {
        Object result = value.in(scope);
        if (targets.size() == 1) {
          scope.set(targets.get(0), result);
        } else {
          Statement.unpack(scope, targets, result);
        }
        return Flow.NEXT;
      };
    }
    Statement inside = enclosed("endset");
    return (scope, out) -> {
      StringBuilder written = new StringBuilder();
      inside.run(scope.inner(), written);
      scope.set(targets.get(0), written.toString());
      return Flow.NEXT;
    };
  }

  private Statement fieldAssignment(String object, String field) {
    tokens.expect(Kind.OPERATOR, "=");
    Expression value = expressions.tuple();
    end();
    return (scope, out) -> {
      if (!(scope.get(object) instanceof Values.Namespace namespace)) {
        throw new TemplateException("'" + object + "' is no namespace, its fields cannot be set");
      }
      namespace.fields().put(field, value.in(scope));
      return Flow.NEXT;
    };
  }

  private Statement macro() {
    String name = tokens.name();
    Map<String, @Nullable Expression> parameters = new LinkedHashMap<>();
    tokens.expect(Kind.OPERATOR, "(");
    while (!tokens.acceptOperator(")")) {
      String parameter = tokens.name();
      parameters.put(parameter, tokens.acceptOperator("=") ? expressions.expression() : null);
      if (!tokens.acceptOperator(",")) {
        tokens.expect(Kind.OPERATOR, ")");
        break;
      }
    }
    return new Statement.Macro(name, parameters, enclosed("endmacro"));
  }
}
