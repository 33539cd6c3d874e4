package dev.migaki.documents.parsing;

import dev.migaki.documents.ParsedDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Archives as one document, such as those attached to a mail: each file inside becomes a heading
 * with its name and the file's blocks.
 */
final class ArchiveReader implements FormatReader {

  private final EmbeddedReader embedded;

  ArchiveReader(EmbeddedReader embedded) {
    this.embedded = embedded;
  }

  @Override
  public ParsedDocument read(Source source, Blocks blocks) throws Refusal, IOException {
    ParseLimits limits = source.limits();
    ArchiveBudget budget = new ArchiveBudget(limits, source.bytes().length);
    ArchiveWalk walk = new ArchiveWalk(budget, new IntoBlocks(source, budget, blocks));
    try {
      walk.through(
          () -> new SeekableInMemoryByteChannel(source.bytes()),
          source.type().format(),
          source.hints().baseName());
    } catch (IOException e) {
      if (blocks.size() == 0) {
        throw e;
      }
      blocks.warn("the archive is damaged after file " + walk.files() + ", the rest left out");
    }
    return new ParsedDocument(source.type().mediaType(), null, null, null, blocks.list());
  }

  private final class IntoBlocks implements ArchiveEntries.Visitor {
    private final Source source;
    private final ArchiveBudget budget;
    private final Blocks blocks;

    IntoBlocks(Source source, ArchiveBudget budget, Blocks blocks) {
      this.source = source;
      this.budget = budget;
      this.blocks = blocks;
    }

    @Override
    public void file(String path, long declaredBytes, InputStream content)
        throws IOException, Refusal {
      ParseLimits limits = source.limits();
      if (declaredBytes > limits.maxBytes()) {
        budget.claimed(declaredBytes);
        refused(path, ArchiveEntries.tooLarge(limits));
        return;
      }
      BoundedCopy copy = new BoundedCopy(limits.maxBytes(), budget);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      if (copy.of(content, bytes)) {
        embedded.read(path, null, bytes.toByteArray(), source, blocks);
      } else {
        refused(path, ArchiveEntries.tooLarge(limits));
      }
    }

    @Override
    public void refused(String path, Refusal why) {
      blocks.warn("a file inside was left out: " + why.code());
      blocks.refused(why);
    }
  }
}
