package dev.migaki.platform.artifacts;

import java.io.InputStream;
import java.util.List;

/**
 * A place where people drop documents: a folder or a prefix of a bucket. Only looked at, never
 * changed.
 *
 * <p>Every method throws {@link ArtifactFailure} when the place does not answer.
 */
public interface DocumentDrop {

  /**
   * A document that lies there.
   *
   * @param name path below the place, with {@code /} between its parts
   * @param stamp changes when the content does
   */
  record Dropped(String name, String stamp, long sizeBytes) {}

  /** What lies there, by name. Files that are still being written may be left out. */
  List<Dropped> list();

  /** The content of one; the caller closes it. */
  InputStream open(Dropped document);
}
