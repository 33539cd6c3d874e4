package dev.migaki.documents.parsing;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The tables of Word documents, slides and sheets with what their cells span, which Tika leaves
 * out. Read from the container's own parts, in the order in which they are shown; only numbers are
 * kept.
 */
final class OoxmlTables implements CellSpans.Tables {

  private static final Pattern TABLES = Pattern.compile("word/document\\d*\\.xml|ppt/slides/[^/]+");
  private static final Pattern SHEET = Pattern.compile("xl/worksheets/[^/]+");
  private static final Pattern LIST = Pattern.compile("ppt/presentation\\.xml|xl/workbook\\.xml");
  private static final Pattern TARGETS =
      Pattern.compile("(?:ppt|xl)/_rels/(?:presentation|workbook)\\.xml\\.rels");

  /** A table that waits for Tika's. */
  interface Table {

    /** The spans when this is the table with so many cells in its rows, else null. */
    @Nullable CellSpans matching(int[] cellsPerRow);
  }

  private final XMLInputFactory xml = XMLInputFactory.newDefaultFactory();
  private final Map<String, List<Table>> byPart = new HashMap<>();
  private final List<String> shown = new ArrayList<>();
  private final Map<String, String> targets = new HashMap<>();
  private final List<Table> tables = new ArrayList<>();
  private int next;

  private OoxmlTables() {
    xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  /** What a container of the usual (not the strict) namespaces tells; nothing if it is damaged. */
  static CellSpans.Tables of(byte[] bytes) {
    OoxmlTables found = new OoxmlTables();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        found.part(entry.getName(), zip);
        entry = zip.getNextEntry();
      }
    } catch (IOException | IllegalArgumentException | XMLStreamException e) {
      // without spans a table is still a table; whether the file can be read is Tika's to say
      return CellSpans.Tables.NONE;
    }
    found.sort();
    return found;
  }

  @Override
  public @Nullable CellSpans next(int[] cellsPerRow) {
    for (int i = next; i < tables.size(); i++) {
      CellSpans spans = tables.get(i).matching(cellsPerRow);
      if (spans != null) {
        next = i + 1;
        return spans;
      }
    }
    return null;
  }

  private void part(String name, InputStream content) throws XMLStreamException {
    if (TABLES.matcher(name).matches()) {
      byPart.put(name, OoxmlTableReader.tables(reader(content)));
    } else if (SHEET.matcher(name).matches()) {
      byPart.put(name, List.of(OoxmlSheet.read(reader(content))));
    } else if (LIST.matcher(name).matches()) {
      XMLStreamReader list = reader(content);
      while (list.hasNext()) {
        if (list.next() == XMLStreamReader.START_ELEMENT) {
          String element = list.getLocalName();
          if (element.equals("sldId") || element.equals("sheet")) {
            shown.add(relation(list));
          }
        }
      }
    } else if (TARGETS.matcher(name).matches()) {
      XMLStreamReader list = reader(content);
      String folder = name.substring(0, name.indexOf('/') + 1);
      while (list.hasNext()) {
        if (list.next() == XMLStreamReader.START_ELEMENT
            && list.getLocalName().equals("Relationship")) {
          String target = String.valueOf(list.getAttributeValue(null, "Target"));
          targets.put(
              String.valueOf(list.getAttributeValue(null, "Id")),
              target.startsWith("/") ? target.substring(1) : folder + target);
        }
      }
    }
  }

  /** {@code r:id}; {@code id} without a prefix is another one. */
  private static String relation(XMLStreamReader element) {
    for (int i = 0; i < element.getAttributeCount(); i++) {
      if (element.getAttributeLocalName(i).equals("id")
          && element.getAttributePrefix(i) != null
          && !element.getAttributePrefix(i).isEmpty()) {
        return element.getAttributeValue(i);
      }
    }
    return "";
  }

  private XMLStreamReader reader(InputStream content) throws XMLStreamException {
    return xml.createXMLStreamReader(
        new FilterInputStream(content) {
          @Override
          public void close() {
            // the container goes on
          }
        });
  }

  private void sort() {
    Map<String, Integer> order = new HashMap<>();
    for (String relation : shown) {
      order.putIfAbsent(targets.getOrDefault(relation, ""), order.size());
    }
    byPart.entrySet().stream()
        .sorted(Comparator.comparing(part -> order.getOrDefault(part.getKey(), Integer.MAX_VALUE)))
        .forEach(part -> tables.addAll(part.getValue()));
  }
}
