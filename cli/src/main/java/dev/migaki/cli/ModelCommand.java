package dev.migaki.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code migaki model}: work with a model directory of the Hugging Face layout, without the stack.
 *
 * <p>Each subcommand is a class of this package named {@code Model<Verb>Command}. What needs
 * libtorch runs in a child JVM started through {@code WorkerLauncher}; this process never loads it.
 */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Work with a model directory (config.json, tokenizer.json, *.safetensors)",
      "without the stack."
    },
    subcommands = {
      ModelInspectCommand.class,
      ModelTrainCommand.class,
      ModelScoreCommand.class,
      ModelGenerateCommand.class,
      ModelMergeCommand.class
    })
final class ModelCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "say what to do with the model, for instance: migaki model inspect DIR");
  }
}
