package dev.migaki.cli;

import dev.migaki.cli.terminal.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows a page in the desktop's browser, where somebody sits in front of one. */
final class Browser {
  private Browser() {}

  /** Opens the page, or does nothing: its path is printed anyway. */
  static void open(Path page) {
    Optional<List<String>> command = command(page, System.getenv(), Screen.system().isTerminal());
    if (command.isEmpty()) {
      return;
    }
    try {
      new ProcessBuilder(command.get())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // a desktop without xdg-open: the path is on the screen
      return;
    }
  }

  /** How the desktop opens a page; nothing without a display or when nobody reads the output. */
  static Optional<List<String>> command(
      Path page, Map<String, String> environment, boolean terminal) {
    boolean display =
        !environment.getOrDefault("DISPLAY", "").isEmpty()
            || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    return terminal && display
        ? Optional.of(List.of("xdg-open", page.toAbsolutePath().normalize().toString()))
        : Optional.empty();
  }
}
