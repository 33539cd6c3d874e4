package dev.migaki.cli;

import dev.migaki.cli.model.OptionNames;
import dev.migaki.cli.stack.StackFailure;
import dev.migaki.cli.terminal.Visible;
import dev.migaki.datasets.remote.RemoteFailure;
import dev.migaki.lm.InvalidModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point: {@code migaki <command>}. */
@Command(
    name = "migaki",
    mixinStandardHelpOptions = true,
    version = "migaki 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "磨き: drop a company's documents into a Kafka topic,",
      "get a better model behind an OpenAI-compatible endpoint.",
      ""
    },
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      SubmitCommand.class,
      StatusCommand.class,
      AskCommand.class,
      ReportCommand.class,
      RollbackCommand.class,
      DocumentsCommand.class,
      DocumentCommand.class,
      EraseCommand.class,
      ParseCommand.class,
      RedactCommand.class,
      CorrectCommand.class,
      ExamplesCommand.class,
      ModelCommand.class,
      DedupeCommand.class,
      CheckCommand.class,
      PreviewCommand.class,
      CommandLine.HelpCommand.class
    })
final class Migaki {
  /** Everything went as asked. */
  static final int OK = 0;

  /** It ran, but the result is not what was promised or asked for. */
  static final int FAILED = 1;

  /** The command line, an input or the environment is wrong; the message says what. */
  static final int USAGE = 2;

  private Migaki() {}

  public static void main(String[] arguments) {
    System.setOut(Visible.stream(System.out, false));
    System.setErr(Visible.stream(System.err, true));
    silenceLibraries();
    int status = commandLine().execute(arguments);
    System.out.flush();
    System.exit(status);
  }

  /** Libraries report through four logging systems; what a person must know is said by us. */
  private static void silenceLibraries() {
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
    System.setProperty("log4j2.StatusLogger.level", "OFF");
    System.setProperty("log4j2.simplelogLevel", "OFF");
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Migaki());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command));
    return line;
  }

  private static int explain(Exception e, CommandLine command) {
    if (e instanceof NoSuchFileException) {
      return say("no such file or directory: " + e.getMessage(), USAGE, command);
    }
    if (e instanceof InvalidModelException) {
      return say(OptionNames.in(String.valueOf(e.getMessage())), USAGE, command);
    }
    if (e instanceof StackFailure
        || e instanceof RemoteFailure
        || e instanceof IOException
        || e instanceof UncheckedIOException) {
      return say(String.valueOf(e.getMessage()), FAILED, command);
    }
    command.getErr().println("migaki: unexpected failure, please report it: " + e);
    e.printStackTrace(command.getErr());
    return FAILED;
  }

  private static int say(String message, int status, CommandLine command) {
    command.getErr().println(Visible.of("migaki: " + message));
    return status;
  }
}
