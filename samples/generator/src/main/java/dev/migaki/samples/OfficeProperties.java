package dev.migaki.samples;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.apache.poi.ooxml.POIXMLProperties;

/**
 * Title, author and times of an Office file; the times are fixed so that the bytes stay the same.
 */
final class OfficeProperties {
  static final Instant WRITTEN = Instant.parse("2026-04-01T00:00:00Z");

  private OfficeProperties() {}

  static void fix(POIXMLProperties properties, DocumentScript script) {
    POIXMLProperties.CoreProperties core = properties.getCoreProperties();
    core.setCreator("Tsuyukusa Works");
    core.setTitle(script.option("title", script.fileName()));
    core.setCreated(Optional.of(Date.from(WRITTEN)));
    core.setModified(Optional.of(Date.from(WRITTEN)));
  }
}
