package dev.migaki.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.migaki.cli.api.Endpoint;
import dev.migaki.cli.bus.DocumentSubmitter;
import dev.migaki.cli.bus.EventFeed;
import dev.migaki.cli.stack.Stack;
import dev.migaki.cli.stack.StackDirectory;
import dev.migaki.cli.stack.StackState;
import dev.migaki.cli.stack.StageService;
import dev.migaki.cli.view.DatasetView;
import dev.migaki.cli.view.PipelineView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A stack in a directory of its own, with the recipe that a test wants. */
final class TestStack implements AutoCloseable {
  static final String DATASET = "branches";
  private static final Path HOME = Path.of(System.getProperty("migaki.home"));

  private final Stack stack;
  private final EventFeed feed;
  private final PipelineView pipeline = new PipelineView();
  private final Endpoint endpoint;

  private TestStack(Stack stack) {
    this.stack = stack;
    this.feed = new EventFeed(stack.state().kafka());
    this.endpoint = new Endpoint(stack.state().address());
  }

  /**
   * @param recipe content of the dataset's recipe
   */
  static TestStack start(Path directory, String recipe, List<StageService> services) {
    try {
      Path recipes = Files.createDirectories(directory.resolve("recipes"));
      Files.writeString(recipes.resolve("default.yaml"), recipe);
      Files.writeString(recipes.resolve(DATASET + ".yaml"), recipe);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Stack stack =
        new Stack(
            HOME,
            new StackDirectory(directory),
            Stack.Durability.PROCESS_CRASH,
            (name, state, detail) -> System.out.println(name + " " + state + " " + detail));
    stack.start(0, services);
    return new TestStack(stack);
  }

  static String recipe(String name) {
    try {
      return Files.readString(Path.of("src/test/recipes", name));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Path home() {
    return HOME;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  DocumentSubmitter submitter() {
    return new DocumentSubmitter(stack.state().kafka());
  }

  StackState state() {
    return stack.state();
  }

  PipelineView pipeline() {
    return pipeline;
  }

  /** {@code kill -9} of a process by its name in the stack. */
  void kill(String name) {
    long pid = state().child(name).orElseThrow().pid();
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Seals what has been cleansed so far; the service may just be starting again. */
  JsonNode seal() {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () ->
                assertThat(
                        endpoint.post(
                            "/v1/datasets/" + DATASET + "/seal",
                            JsonNodeFactory.instance.objectNode()))
                    .isNotNull());
    return JsonNodeFactory.instance.objectNode();
  }

  /** Follows the dataset's events until the assertion holds. */
  void awaitDataset(Duration patience, Consumer<DatasetView> assertion) {
    awaitDataset(DATASET, patience, assertion);
  }

  /** As {@link #awaitDataset(Duration, Consumer)}, for another dataset. */
  void awaitDataset(String dataset, Duration patience, Consumer<DatasetView> assertion) {
    await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              pipeline.apply(feed.poll(Duration.ofMillis(100)));
              assertion.accept(pipeline.dataset(dataset));
            });
  }

  @Override
  public void close() {
    feed.close();
    stack.close();
  }
}
