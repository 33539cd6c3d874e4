package dev.migaki.documents.parsing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Smallest Word, PowerPoint and Excel files around given XML. */
final class Ooxml {

  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  private static final String TYPE = "application/vnd.openxmlformats-officedocument.";

  private final Map<String, byte[]> parts = new LinkedHashMap<>();
  private final StringBuilder types = new StringBuilder();

  private Ooxml() {}

  /**
   * @param body what stands in {@code w:body}
   */
  static byte[] docx(String body) {
    Ooxml file = new Ooxml();
    file.part(
        "word/document.xml",
        "wordprocessingml.document.main",
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
            + body
            + "</w:body></w:document>");
    return file.bytes("word/document.xml");
  }

  /**
   * @param styles what stands in {@code styleSheet}
   * @param sheets what stands in each {@code worksheet}; the part of the first is the last one
   */
  static byte[] xlsx(String styles, String... sheets) {
    return new Ooxml().workbook("", styles, sheets);
  }

  /**
   * @param strings what stands in {@code sst}
   */
  static byte[] xlsxWithStrings(String strings, String... sheets) {
    return new Ooxml().workbook(strings, "", sheets);
  }

  /**
   * @param comments what stands in {@code comments}, of the first of the sheets
   */
  static byte[] xlsxWithComments(String comments, String sheet) {
    Ooxml file = new Ooxml();
    file.part(
        "xl/comments1.xml",
        "spreadsheetml.comments",
        "<comments xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
            + comments
            + "</comments>");
    file.relations(
        "xl/worksheets/_rels/sheet1.xml.rels", relation("rc", "comments", "../comments1.xml"));
    return file.workbook("", "", sheet);
  }

  private byte[] workbook(String strings, String styles, String... sheets) {
    String main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    StringBuilder list = new StringBuilder();
    StringBuilder relations = new StringBuilder();
    part(
        "xl/sharedStrings.xml",
        "spreadsheetml.sharedStrings",
        "<sst xmlns='" + main + "'>" + strings + "</sst>");
    relations.append(relation("rt", "sharedStrings", "sharedStrings.xml"));
    for (int i = 0; i < sheets.length; i++) {
      String name = "sheet" + (sheets.length - i) + ".xml";
      part(
          "xl/worksheets/" + name,
          "spreadsheetml.worksheet",
          "<worksheet xmlns='" + main + "'>" + sheets[i] + "</worksheet>");
      list.append("<sheet name='S%d' sheetId='%d' r:id='r%d'/>".formatted(i + 1, i + 1, i));
      relations.append(relation("r" + i, "worksheet", "worksheets/" + name));
    }
    part(
        "xl/styles.xml",
        "spreadsheetml.styles",
        "<styleSheet xmlns='" + main + "'>" + styles + "</styleSheet>");
    relations.append(relation("rs", "styles", "styles.xml"));
    part(
        "xl/workbook.xml",
        "spreadsheetml.sheet.main",
        "<workbook xmlns='"
            + main
            + "' xmlns:r='"
            + OFFICE
            + "'><sheets>"
            + list
            + "</sheets></workbook>");
    relations("xl/_rels/workbook.xml.rels", relations.toString());
    return bytes("xl/workbook.xml");
  }

  /**
   * @param slides what stands in each {@code spTree}; the part of the first is the last one
   */
  static byte[] pptx(List<String> slides) {
    Ooxml file = new Ooxml();
    String spaces =
        " xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' xmlns:r='"
            + OFFICE
            + "' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'>";
    StringBuilder list = new StringBuilder();
    StringBuilder relations = new StringBuilder();
    String tree = "<p:cSld><p:spTree>";
    for (int i = 0; i < slides.size(); i++) {
      String name = "slide" + (slides.size() - i) + ".xml";
      file.part(
          "ppt/slides/" + name,
          "presentationml.slide",
          "<p:sld" + spaces + tree + slides.get(i) + "</p:spTree></p:cSld></p:sld>");
      file.relations(
          "ppt/slides/_rels/" + name + ".rels",
          relation("r1", "slideLayout", "../slideLayouts/slideLayout1.xml"));
      list.append("<p:sldId id='%d' r:id='r%d'/>".formatted(256 + i, i));
      relations.append(relation("r" + i, "slide", "slides/" + name));
    }
    String empty = spaces + tree + "</p:spTree></p:cSld></p:";
    file.part(
        "ppt/slideLayouts/slideLayout1.xml",
        "presentationml.slideLayout",
        "<p:sldLayout" + empty + "sldLayout>");
    file.relations(
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
        relation("r1", "slideMaster", "../slideMasters/slideMaster1.xml"));
    file.part(
        "ppt/slideMasters/slideMaster1.xml",
        "presentationml.slideMaster",
        "<p:sldMaster" + empty + "sldMaster>");
    file.part(
        "ppt/presentation.xml",
        "presentationml.presentation.main",
        "<p:presentation" + spaces + "<p:sldIdLst>" + list + "</p:sldIdLst></p:presentation>");
    file.relations("ppt/_rels/presentation.xml.rels", relations.toString());
    return file.bytes("ppt/presentation.xml");
  }

  private void part(String name, String type, String xml) {
    parts.put(name, xml.getBytes(UTF_8));
    types.append("<Override PartName='/%s' ContentType='%s%s+xml'/>".formatted(name, TYPE, type));
  }

  private void relations(String name, String relations) {
    String xml =
        "<Relationships xmlns='" + PACKAGE + "relationships'>" + relations + "</Relationships>";
    parts.put(name, xml.getBytes(UTF_8));
  }

  private static String relation(String id, String type, String target) {
    return "<Relationship Id='%s' Type='%s/%s' Target='%s'/>".formatted(id, OFFICE, type, target);
  }

  private byte[] bytes(String main) {
    relations("_rels/.rels", relation("r1", "officeDocument", main));
    String list =
        "<Types xmlns='"
            + PACKAGE
            + "content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
            + types
            + "</Types>";
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("[Content_Types].xml", list.getBytes(UTF_8));
    all.putAll(parts);
    return Files.zip(all);
  }
}
