package dev.migaki.documents.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.migaki.documents.parsing.HostileFiles;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.worker.IsolatedParser;
import dev.migaki.documents.worker.ParseBounds;
import dev.migaki.documents.worker.ParserUnavailable;
import java.util.Map;

/**
 * Reads files that were made to hang or to fill a parser, as the service reads them (child JVM of
 * 384 MB, 15 s), and after each a harmless one. Prints verdict, time and what the process took.
 */
public final class HostileFigures {

  private HostileFigures() {}

  public static void main(String[] arguments) throws ParserUnavailable, InterruptedException {
    System.out.println("| file | KB | verdict | s | process, MB at most |");
    System.out.println("|---|---|---|---|---|");
    for (Map.Entry<String, HostileFiles.Making> file : HostileFiles.all().entrySet()) {
      if (arguments.length == 0 || file.getKey().contains(arguments[0])) {
        measure(file.getKey(), file.getValue().bytes());
      }
    }
  }

  private static void measure(String name, byte[] bytes)
      throws ParserUnavailable, InterruptedException {
    try (IsolatedParser parser =
        new IsolatedParser(IsolatedParser.Settings.of(1), (pid, reason) -> {})) {
      var unused = parser.parse("warm".getBytes(UTF_8), ParseHints.none(), ParseBounds.defaults());
      long process =
          ProcessHandle.current().children().mapToLong(ProcessHandle::pid).max().orElseThrow();
      long begin = System.nanoTime();
      ParseOutcome outcome =
          parser.parse(bytes, ParseHints.ofFilename(name), ParseBounds.defaults());
      double seconds = (System.nanoTime() - begin) / 1e9;
      String memory = ArchiveFigures.mostMemory(process);
      ParseOutcome next =
          parser.parse("next".getBytes(UTF_8), ParseHints.none(), ParseBounds.defaults());
      if (!(next instanceof ParseOutcome.Parsed)) {
        throw new IllegalStateException("after " + name + " nothing can be read");
      }
      String verdict =
          outcome instanceof ParseOutcome.Rejected rejected
              ? rejected.code().name()
              : "text of %,d characters"
                  .formatted(((ParseOutcome.Parsed) outcome).document().text().length());
      System.out.printf(
          "| %s | %,d | %s | %.2f | %s |%n", name, bytes.length >> 10, verdict, seconds, memory);
    }
  }
}
