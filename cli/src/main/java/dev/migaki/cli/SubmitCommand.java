package dev.migaki.cli;

import dev.migaki.cli.bus.DocumentFiles;
import dev.migaki.cli.bus.DocumentFiles.DocumentFile;
import dev.migaki.cli.bus.DocumentSubmitter;
import dev.migaki.cli.stack.StackState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migaki submit}. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = "Drop files into the ingest topic; directories are walked.")
final class SubmitCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "what to drop")
  private List<Path> paths = List.of();

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      required = true,
      description = "the dataset that the documents belong to")
  private String dataset = "";

  @Option(
      names = "--raw",
      description =
          "send the bytes alone, without file name and document id, as any producer could")
  private boolean raw;

  @Override
  public Integer call() throws IOException {
    List<DocumentFile> files = DocumentFiles.below(paths);
    if (files.isEmpty()) {
      System.err.println("migaki: nothing to submit: no files in " + paths);
      return Migaki.USAGE;
    }
    StackState stack = data.running();
    DocumentSubmitter.Form form = raw ? DocumentSubmitter.Form.RAW : DocumentSubmitter.Form.NAMED;
    long bytes = 0;
    try (DocumentSubmitter submitter = new DocumentSubmitter(stack.kafka())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (DocumentFile file : files) {
        long size = Files.size(file.path());
        bytes += size;
        if (size > DocumentSubmitter.MAX_RECORD_BYTES) {
          data.endpoint().upload(dataset, file.path(), file.name());
        } else {
          sent.add(submitter.send(dataset, file, form));
        }
      }
      for (Future<RecordMetadata> one : sent) {
        DocumentSubmitter.await(one);
      }
    }
    System.out.println(
        "submitted %d %s (%.1f MB) to %s; follow them with: migaki status --watch"
            .formatted(files.size(), files.size() == 1 ? "file" : "files", bytes / 1e6, dataset));
    return Migaki.OK;
  }
}
