package dev.migaki.cli.dryrun;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.documents.recipes.DocumentsRecipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads inputs, works on them, prints one result per input and line; the files of an archive are
 * inputs of their own.
 */
public final class DryRun {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private final InputReader reader;
  private long broken;

  /**
   * @param json one JSON object per result instead of text for people
   */
  public DryRun(PrintStream out, PrintStream err, boolean json, DocumentsRecipe recipe) {
    this.reader = new InputReader(recipe);
    this.out = out;
    this.err = err;
    this.json = json;
  }

  /** What came out of one input. */
  public interface Result {
    /** The fields of the JSON object besides {@code id}; several objects for several findings. */
    List<ObjectNode> json();

    /** The result as a person reads it. */
    String text();
  }

  /**
   * Runs.
   *
   * @return how many inputs could not be read for what they claim to be
   */
  public long run(List<Path> paths, InputStream standardInput, Function<DryRunInput, Result> work)
      throws IOException {
    try (OrderedPipe<DryRunInput, Done> pipe =
        pipe(input -> opened(input, work), done -> printAll(done, work))) {
      DryRunSource.read(paths, standardInput, reader, pipe::feed);
      pipe.finish();
    } catch (ReaderGone e) {
      // `| head` has seen enough
    }
    out.flush();
    return broken;
  }

  private static OrderedPipe<DryRunInput, Done> pipe(
      Function<DryRunInput, Done> work, OrderedPipe.Sink<Done> sink) {
    int parallelism = Math.max(1, Runtime.getRuntime().availableProcessors());
    return new OrderedPipe<>(parallelism, work, sink);
  }

  /**
   * @param result null for an archive, whose files have results
   */
  private record Done(DryRunInput input, @Nullable Result result) {}

  private static final class ReaderGone extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private Done opened(DryRunInput input, Function<DryRunInput, Result> work) {
    Optional<DryRunInput> opened =
        input instanceof DryRunInput.Document document
            ? ArchiveFiles.opened(document, reader)
            : Optional.of(input);
    return opened.map(one -> done(one, work)).orElseGet(() -> new Done(input, null));
  }

  private static Done done(DryRunInput input, Function<DryRunInput, Result> work) {
    if (input instanceof DryRunInput.Broken broken) {
      return new Done(input, new BrokenResult(broken));
    }
    return new Done(input, work.apply(input));
  }

  /** The files of an archive are unpacked when its turn comes: one archive at a time. */
  private void printAll(Done done, Function<DryRunInput, Result> work) throws IOException {
    if (done.result() != null) {
      print(done);
      return;
    }
    DryRunInput.Document archive = (DryRunInput.Document) done.input();
    try (OrderedPipe<DryRunInput, Done> files = pipe(file -> done(file, work), this::print)) {
      ArchiveFiles.each(archive, reader, warning -> err.println("migaki: " + warning), files::feed);
      files.finish();
    }
  }

  private void print(Done done) throws IOException {
    Result result = requireNonNull(done.result(), "an archive's files are printed, not itself");
    if (done.input() instanceof DryRunInput.Broken one) {
      broken++;
      err.println("migaki: line " + one.lineNumber() + ": " + one.problem());
    }
    if (json) {
      for (ObjectNode fields : result.json()) {
        out.println(JSON.writeValueAsString(withId(done.input().id(), fields)));
      }
    } else {
      out.println(result.text());
    }
    if (out.checkError()) {
      throw new ReaderGone();
    }
  }

  private static ObjectNode withId(JsonNode id, ObjectNode fields) {
    ObjectNode object = JSON.createObjectNode();
    object.set("id", id);
    object.setAll(fields);
    return object;
  }

  private record BrokenResult(DryRunInput.Broken broken) implements Result {
    @Override
    public List<ObjectNode> json() {
      ObjectNode object = JSON.createObjectNode();
      object
          .putObject("rejected")
          .put("code", "MALFORMED_LINE")
          .put("message", "line " + broken.lineNumber() + ": " + broken.problem());
      return List.of(object);
    }

    @Override
    public String text() {
      return "";
    }
  }
}
