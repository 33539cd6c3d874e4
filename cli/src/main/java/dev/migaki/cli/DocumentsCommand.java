package dev.migaki.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cli.api.Endpoint;
import dev.migaki.cli.terminal.TextTable;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migaki documents}. */
@Command(
    name = "documents",
    mixinStandardHelpOptions = true,
    description = "List the documents of a dataset with what became of each.")
final class DocumentsCommand implements Callable<Integer> {
  private static final int PAGE = 200;

  @Mixin private DataOption data = new DataOption();

  @Parameters(index = "0", paramLabel = "DATASET", description = "the dataset")
  private String dataset = "";

  @Option(
      names = "--status",
      description =
          "only these: received, ingested, unpacked, rejected, duplicate, superseded or erased")
  private String status = "";

  @Override
  public Integer call() throws IOException {
    Endpoint endpoint = new Endpoint(data.running().address());
    TextTable table = TextTable.ofText();
    table.row("document", "status", "version", "reason");
    long total = 1;
    for (int page = 0; (long) page * PAGE < total; page++) {
      JsonNode documents =
          endpoint.get(
              "/v1/datasets/%s/documents?page=%d&size=%d&status=%s"
                  .formatted(Endpoint.encode(dataset), page, PAGE, Endpoint.encode(status)));
      total = documents.path("total").asLong();
      for (JsonNode document : documents.path("documents")) {
        table.row(
            document.path("id").asText(),
            document.path("status").asText(),
            Integer.toString(document.path("version").asInt()),
            document.path("code").asText("") + document.path("duplicateOf").asText(""));
      }
    }
    table.lines().forEach(System.out::println);
    System.out.println(total + " documents");
    return Migaki.OK;
  }
}
