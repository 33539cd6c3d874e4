package dev.migaki.cli;

import dev.migaki.cli.bus.DocumentSubmitter;
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
    try (DocumentSubmitter submitter = new DocumentSubmitter(data.running().kafka())) {
      submitter.erase(dataset, document);
    }
    System.out.println("erasure of " + document + " from " + dataset + " is ordered");
    return Migaki.OK;
  }
}
