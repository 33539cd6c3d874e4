package dev.migaki.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.migaki.cli.api.Endpoint;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code migaki rollback}. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = "Let the previous model of a dataset answer again.")
final class RollbackCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(index = "0", paramLabel = "DATASET", description = "whose model")
  private String dataset = "";

  @Override
  public Integer call() throws IOException {
    JsonNode result =
        data.endpoint()
            .post(
                "/v1/deployments/" + Endpoint.encode(dataset) + "/rollback",
                JsonNodeFactory.instance.objectNode());
    String model = result.path("model").asText(result.path("modelId").asText(""));
    System.out.println(
        model.isEmpty() ? "rolled back" : "rolled back: " + dataset + " answers with " + model);
    return Migaki.OK;
  }
}
