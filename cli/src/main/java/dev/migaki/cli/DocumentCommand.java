package dev.migaki.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cli.api.Endpoint;
import dev.migaki.cli.view.DocumentStory;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code migaki document}. */
@Command(
    name = "document",
    mixinStandardHelpOptions = true,
    description = "Tell what happened to a document: its versions, reasons, examples, erasure.")
final class DocumentCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(index = "0", paramLabel = "DATASET", description = "the dataset")
  private String dataset = "";

  @Parameters(index = "1", paramLabel = "DOCUMENT", description = "the document's id")
  private String document = "";

  @Override
  public Integer call() throws IOException {
    Endpoint endpoint = new Endpoint(data.running().address());
    String base = "/v1/datasets/" + Endpoint.encode(dataset);
    JsonNode history = endpoint.get(base + "/documents/" + Endpoint.encode(document));
    JsonNode examples =
        endpoint.get(base + "/examples?size=20&document=" + Endpoint.encode(document));
    DocumentStory.lines(history, examples).forEach(System.out::println);
    return Migaki.OK;
  }
}
