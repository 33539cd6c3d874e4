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
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Main program of a parser process. Reads requests from standard input and answers on standard
 * output until the input ends, which it does when the parent dies. Over a file that takes longer
 * than the request says it ends itself, in case that nobody is left to end it.
 */
public final class ParserWorker {

  private static final long GRACE_MILLIS = 10_000;

  private ParserWorker() {}

  /** Runs until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
    // what parsers print would end up between the frames, and may quote documents
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    System.setOut(nowhere);
    System.setErr(nowhere);
    DocumentParser parser = new DocumentParser(ParseLimits.defaults());
    ParserProtocol.writeReady(out);
    serve(in, out, parser);
  }

  private static void serve(DataInputStream in, DataOutputStream out, DocumentParser parser)
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
      long millis = request.timeout().toMillis() + GRACE_MILLIS;
      ScheduledFuture<?> bite =
          watchdog.schedule(() -> Runtime.getRuntime().halt(4), millis, TimeUnit.MILLISECONDS);
      ParseOutcome outcome = answer(parser, request);
      bite.cancel(false);
      ParserProtocol.writeOutcome(out, outcome);
      request = ParserProtocol.readRequest(in);
    }
    watchdog.shutdownNow();
  }

  private static ParseOutcome answer(DocumentParser parser, ParserProtocol.Request request) {
    Path directory = request.directory();
    return directory == null
        ? parser.parse(request.bytes(), request.hints(), request.limits())
        : parser.open(request.bytes(), request.hints(), request.limits(), directory);
  }
}
