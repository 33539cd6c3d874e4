package dev.migaki.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cli.api.Endpoint;
import dev.migaki.cli.terminal.Visible;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code migaki erase}. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = "Withdraw a document: what was made from it leaves the next version.")
final class EraseCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(index = "0", paramLabel = "DATASET", description = "the dataset")
  private String dataset = "";

  @Parameters(index = "1", paramLabel = "DOCUMENT", description = "the document's id")
  private String document = "";

  @Override
  public Integer call() throws IOException {
    JsonNode order =
        data.endpoint()
            .delete(
                "/v1/datasets/%s/documents/%s"
                    .formatted(Endpoint.encode(dataset), Endpoint.encode(document)));
    System.out.println(Visible.name(document) + ": " + order.path("message").asText());
    return Migaki.OK;
  }
}
