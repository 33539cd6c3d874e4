package dev.migaki.platform.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentDeathTest {

  @Test
  void shouldEndBrokerAndDatabaseWhenTheirLauncherIsKilled(@TempDir Path directory)
      throws IOException {
    // Given
    Process launcher =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = launcher.inputReader(StandardCharsets.UTF_8);
    List<ProcessHandle> children = List.of(handle(output.readLine()), handle(output.readLine()));
    assertThat(children).allMatch(ProcessHandle::isAlive);

    // When
    launcher.destroyForcibly();

    // Then
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
  }

  private static ProcessHandle handle(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** Starts both, prints their pids and waits to be killed. */
  static final class Launcher {

    private Launcher() {}

    public static void main(String[] args) throws IOException {
      Path root = Path.of(args[0]);
      System.out.println(KafkaBroker.start(root.resolve("kafka"), 0).pid());
      System.out.println(
          Postgres.start(root.resolve("postgres"), 0, Postgres.Durability.PROCESS_CRASH).pid());
      System.out.flush();
      System.in.read();
    }
  }
}
