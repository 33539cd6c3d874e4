package dev.migaki.documents.worker;

import dev.migaki.documents.parsing.DocumentParser;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.parsing.ParseOutcome;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Main program of a parser process. Reads requests from standard input and answers on standard
 * output until the input ends, which it does when the parent dies.
 *
 * <p>Arguments: the most bytes of a file, and the seconds after which the process ends itself over
 * one file, in case that nobody is left to end it.
 */
public final class ParserWorker {

  private ParserWorker() {}

  /** Runs until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    long maxBytes = Long.parseLong(arguments[0]);
    long seconds = Long.parseLong(arguments[1]);
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
    // what parsers print would end up between the frames, and may quote documents
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    System.setOut(nowhere);
    System.setErr(nowhere);
    ParseLimits defaults = ParseLimits.defaults();
    DocumentParser parser =
        new DocumentParser(
            new ParseLimits(
                maxBytes,
                defaults.maxCharacters(),
                defaults.maxArchiveEntries(),
                defaults.maxExpansion(),
                defaults.expansionFloorBytes(),
                defaults.maxDepth()));
    ParserProtocol.writeReady(out);
    serve(in, out, parser, seconds);
  }

  private static void serve(
      DataInputStream in, DataOutputStream out, DocumentParser parser, long seconds)
      throws IOException {
    ScheduledExecutorService watchdog =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "watchdog");
              thread.setDaemon(true);
              return thread;
            });
    ParserProtocol.Request request = ParserProtocol.readRequest(in);
    while (request != null) {
      ScheduledFuture<?> bite =
          watchdog.schedule(() -> Runtime.getRuntime().halt(4), seconds, TimeUnit.SECONDS);
      ParseOutcome outcome = parser.parse(request.bytes(), request.hints());
      bite.cancel(false);
      ParserProtocol.writeOutcome(out, outcome);
      request = ParserProtocol.readRequest(in);
    }
    watchdog.shutdownNow();
  }
}
