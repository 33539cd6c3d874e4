package dev.migaki.documents.parsing;

import dev.migaki.documents.ParsedDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML of no particular kind: articles by the element names that most vocabularies share, records as
 * named values, question and answer elements as pairs. Neither a DTD nor an entity is ever loaded.
 */
final class XmlReader implements FormatReader {

  private static final XMLInputFactory FACTORY = factory();

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> new ByteArrayInputStream(new byte[0]));
    return factory;
  }

  @Override
  public ParsedDocument read(Source source, Blocks blocks) throws Refusal, IOException {
    XmlBlocks collected = new XmlBlocks(blocks);
    String language = null;
    try {
      XMLStreamReader xml = FACTORY.createXMLStreamReader(new ByteArrayInputStream(source.bytes()));
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            collected.start(xml.getLocalName());
            String declared = xml.getAttributeValue("http://www.w3.org/XML/1998/namespace", "lang");
            language = language == null ? declared : language;
          }
          case XMLStreamConstants.END_ELEMENT -> collected.end(xml.getLocalName());
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
              collected.text(xml.getText());
          default -> {
            // comments, instructions and references hold no text of the document
          }
        }
      }
    } catch (XMLStreamException e) {
      collected.finish();
      if (blocks.size() == 0) {
        throw OfficeReader.damaged();
      }
      blocks.warn(
          "line " + e.getLocation().getLineNumber() + ": not well-formed, the rest left out");
    }
    collected.finish();
    return new ParsedDocument(source.type().mediaType(), null, language, null, blocks.list());
  }
}
