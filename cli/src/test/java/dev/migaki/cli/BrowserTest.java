package dev.migaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrowserTest {
  private static final Path PAGE = Path.of("/tmp/preview/../preview/data-card.html");

  @Test
  void shouldOpenThePageWhenSomebodySitsAtADesktop() {
    assertThat(Browser.command(PAGE, Map.of("DISPLAY", ":0"), true).orElseThrow())
        .containsExactly("xdg-open", "/tmp/preview/data-card.html");
    assertThat(Browser.command(PAGE, Map.of("WAYLAND_DISPLAY", "wayland-0"), true)).isPresent();
  }

  @Test
  void shouldOpenNothingWithoutADisplayOrInAScript() {
    assertThat(Browser.command(PAGE, Map.of("DISPLAY", ""), true)).isEmpty();
    assertThat(Browser.command(PAGE, Map.of("DISPLAY", ":0"), false)).isEmpty();
  }
}
