package dev.migaki.ingest.outbound.parser;

import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.worker.IsolatedParser;
import dev.migaki.documents.worker.ParseBounds;
import dev.migaki.documents.worker.ParserUnavailable;
import dev.migaki.ingest.config.IngestConfig;
import dev.migaki.ingest.domain.DocumentReader;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.TransientFailure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads documents in child JVMs, so that none of them can harm the service. */
@ApplicationScoped
public class ParserProcess implements DocumentReader {

  private static final Logger LOG = Logger.getLogger(ParserProcess.class);
  private static final ErrorCode PARSER_UNAVAILABLE = new ErrorCode("PARSER_UNAVAILABLE");

  private final IsolatedParser parser;
  private final UnpackedFiles unpackedFiles = new UnpackedFiles();

  ParserProcess(IngestConfig config) {
    IngestConfig.Parser settings = config.parser();
    IsolatedParser.Settings defaults = IsolatedParser.Settings.of(settings.processes());
    this.parser =
        new IsolatedParser(
            new IsolatedParser.Settings(
                settings.processes(),
                settings.classPath().orElse(defaults.classPath()),
                settings.startTimeout()),
            (pid, reason) -> LOG.warnf("parser process %d replaced: %s", pid, reason));
  }

  @Override
  public ParseOutcome read(byte[] bytes, ParseHints hints, ParseBounds bounds) {
    return ask(bytes, hints, bounds, null);
  }

  @Override
  public <T> T open(
      byte[] bytes, ParseHints hints, ParseBounds bounds, Function<ParseOutcome, T> use) {
    Path directory = unpackedFiles.create();
    try {
      return use.apply(ask(bytes, hints, bounds, directory));
    } finally {
      unpackedFiles.remove(directory);
    }
  }

  private ParseOutcome ask(
      byte[] bytes, ParseHints hints, ParseBounds bounds, @Nullable Path directory) {
    try {
      return parser.open(bytes, hints, bounds, directory);
    } catch (ParserUnavailable e) {
      throw new TransientFailure(PARSER_UNAVAILABLE, "the parser process does not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFailure(PARSER_UNAVAILABLE, "interrupted while a document was read", e);
    }
  }

  @PreDestroy
  void stop() {
    parser.close();
  }
}
