package dev.migaki.lm.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that writes output or changes names. */
@FunctionalInterface
interface Statement {

  /** How a statement ended. */
  enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  Flow run(Scope scope, StringBuilder out);

  /** One after the other. */
  static Statement all(List<Statement> statements) {
    List<Statement> body = List.copyOf(statements);
    return (scope, out) -> {
      for (Statement statement : body) {
        scope.budget().step();
        Flow flow = statement.run(scope, out);
        Budget.requireText(out.length());
        if (flow != Flow.NEXT) {
          return flow;
        }
      }
      return Flow.NEXT;
    };
  }

  /** Writes a value. */
  static Statement print(Expression value) {
    return (scope, out) -> {
      out.append(Values.text(value.in(scope)));
      return Flow.NEXT;
    };
  }

  /** Writes a text as it stands. */
  static Statement text(String text) {
    return (scope, out) -> {
      out.append(text);
      return Flow.NEXT;
    };
  }

  /**
   * A loop.
   *
   * @param targets names of the item, or of its parts
   * @param filter which items take part, or null
   */
  record Loop(
      List<String> targets,
      Expression items,
      @Nullable Expression filter,
      Statement body,
      Statement otherwise)
      implements Statement {

    @Override
    public Flow run(Scope scope, StringBuilder out) {
      List<@Nullable Object> chosen = new ArrayList<>();
      for (Object item : Values.items(items.in(scope))) {
        scope.budget().step();
        Scope inner = scope.inner();
        assign(inner, item);
        if (filter == null || Values.truth(filter.in(inner))) {
          chosen.add(item);
        }
      }
      if (chosen.isEmpty()) {
        return otherwise.run(scope, out);
      }
      for (int i = 0; i < chosen.size(); i++) {
        scope.budget().step();
        Scope inner = scope.inner();
        assign(inner, chosen.get(i));
        inner.set("loop", position(chosen, i));
        if (body.run(inner, out) == Flow.BREAK) {
          break;
        }
      }
      return Flow.NEXT;
    }

    private void assign(Scope scope, @Nullable Object item) {
      if (targets.size() == 1) {
        scope.set(targets.get(0), item);
        return;
      }
      unpack(scope, targets, item);
    }

    private static Map<String, @Nullable Object> position(List<@Nullable Object> items, int i) {
      int size = items.size();
      Map<String, @Nullable Object> loop = new LinkedHashMap<>();
      loop.put("index", i + 1L);
      loop.put("index0", (long) i);
      loop.put("revindex", (long) size - i);
      loop.put("revindex0", size - i - 1L);
      loop.put("first", i == 0);
      loop.put("last", i == size - 1);
      loop.put("length", (long) size);
      loop.put("previtem", i > 0 ? items.get(i - 1) : new Values.Undefined("previtem"));
      loop.put("nextitem", i < size - 1 ? items.get(i + 1) : new Values.Undefined("nextitem"));
      loop.put(
          "cycle", (Values.Function) (arguments, named) -> arguments.get(i % arguments.size()));
      return loop;
    }
  }

  /** Assigns the parts of a sequence to several names. */
  static void unpack(Scope scope, List<String> targets, @Nullable Object value) {
    List<@Nullable Object> parts = Values.items(value);
    if (parts.size() != targets.size()) {
      throw new TemplateException(
          parts.size() + " values cannot be given to " + targets.size() + " names");
    }
    for (int i = 0; i < targets.size(); i++) {
      scope.set(targets.get(i), parts.get(i));
    }
  }

  /** One branch of an if; the condition of else is always true. */
  record Branch(Expression condition, Statement body) {}

  /** The first branch whose condition holds. */
  static Statement choice(List<Branch> branches) {
    return (scope, out) -> {
      for (Branch branch : branches) {
        if (Values.truth(branch.condition().in(scope))) {
          return branch.body().run(scope, out);
        }
      }
      return Flow.NEXT;
    };
  }

  /**
   * A function written in the template.
   *
   * @param parameters names with their defaults, null for none
   */
  record Macro(String name, Map<String, @Nullable Expression> parameters, Statement body)
      implements Statement {

    @Override
    public Flow run(Scope scope, StringBuilder out) {
      scope.set(name, (Values.Function) (arguments, named) -> call(scope, arguments, named));
      return Flow.NEXT;
    }

    private Object call(
        Scope scope, List<@Nullable Object> arguments, Map<String, @Nullable Object> named) {
      Scope inner = scope.inner();
      int position = 0;
      for (Map.Entry<String, @Nullable Expression> parameter : parameters.entrySet()) {
        Expression fallback = parameter.getValue();
        Object value;
        if (position < arguments.size()) {
          value = arguments.get(position);
        } else if (named.containsKey(parameter.getKey())) {
          value = named.get(parameter.getKey());
        } else {
          value = fallback == null ? new Values.Undefined(parameter.getKey()) : fallback.in(inner);
        }
        inner.set(parameter.getKey(), value);
        position++;
      }
      StringBuilder out = new StringBuilder();
      scope.budget().enter();
      body.run(inner, out);
      scope.budget().leave();
      return out.toString();
    }
  }
}
