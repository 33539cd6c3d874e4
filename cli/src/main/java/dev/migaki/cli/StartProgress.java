package dev.migaki.cli;

import dev.migaki.cli.stack.StackState;
import dev.migaki.cli.terminal.Screen;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Shows which processes of a starting stack are ready. */
final class StartProgress {
  private StartProgress() {}

  static Consumer<StackState> on(Screen screen) {
    return state -> {
      List<StackState.Child> children = state.children();
      String line =
          "  starting  "
              + children.stream()
                  .map(child -> mark(screen, child) + " " + child.name())
                  .collect(Collectors.joining("  "));
      screen.block(List.of(line));
      children.stream()
          .filter(child -> child.state().equals("ready"))
          .forEach(child -> screen.plain(child.name(), "  ready: " + child.name()));
      if (state.ready()) {
        screen.keepBlock();
      }
    };
  }

  private static String mark(Screen screen, StackState.Child child) {
    return switch (child.state()) {
      case "ready" -> screen.paint(Screen.Ink.GOOD, "✓");
      case "starting" -> screen.paint(Screen.Ink.DIM, "…");
      default -> screen.paint(Screen.Ink.WARNING, "↻");
    };
  }
}
