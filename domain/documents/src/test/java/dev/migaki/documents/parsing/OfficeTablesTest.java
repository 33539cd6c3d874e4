package dev.migaki.documents.parsing;

import static dev.migaki.documents.parsing.Files.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.Block;
import dev.migaki.documents.Block.Paragraph;
import dev.migaki.documents.Block.QuestionAnswer;
import dev.migaki.documents.Block.Table;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfficeTablesTest {

  @Test
  void shouldNameEachColumnAndRepeatWhatSpansRowsWhenWordTableHasSpans() {
    // Given
    String table =
        "<w:tbl>"
            + row(
                cell("Article", "<w:vMerge w:val='restart'/>"),
                cell("Price", "<w:gridSpan w:val='2'/>"))
            + row(cell("", "<w:vMerge/>"), cell("net", ""), cell("gross", ""))
            + row(cell("Cup", "<w:vMerge w:val='restart'/>"), cell("10", ""), cell("11", ""))
            + row(cell("", "<w:vMerge w:val='continue'/>"), cell("free", "<w:gridSpan w:val='2'/>"))
            + row("<w:trPr><w:gridBefore w:val='1'/></w:trPr>", cell("3", ""), cell("4", ""))
            + "</w:tbl>";

    // When
    List<Block> blocks = parsed("a.docx", Ooxml.docx(table)).blocks();

    // Then
    assertThat(blocks)
        .containsExactly(
            new Table(
                List.of(
                    List.of("Article", "Price net", "Price gross"),
                    List.of("Cup", "10", "11"),
                    List.of("Cup", "free", "free"),
                    List.of("", "3", "4")),
                true,
                0));
  }

  @Test
  void shouldSayAFieldOfAWordFormOnceHoweverWideItIs() {
    // Given
    String form =
        "<w:tbl>"
            + row(cell("Name", ""), cell("", "<w:gridSpan w:val='3'/>"))
            + row(cell("Address", ""), cell("1 High Street", "<w:gridSpan w:val='3'/>"))
            + row(cell("Phone", ""), cell("555-0100", ""), cell("Fax", ""), cell("555-0101", ""))
            + "</w:tbl>";

    // Then
    assertThat(parsed("a.docx", Ooxml.docx(form)).text())
        .isEqualTo("Name\n\nAddress | 1 High Street\nPhone | 555-0100 | Fax | 555-0101");
  }

  @Test
  void shouldKeepTheSpansOfEachWordTableApartWhenTablesAreNested() {
    // Given
    String inner = "<w:tbl>" + row(cell("i", "<w:gridSpan w:val='2'/>")) + "</w:tbl>";
    String first = "<w:tbl>" + row("<w:tc>" + inner + "<w:p/></w:tc>", cell("x", "")) + "</w:tbl>";
    String second =
        "<w:tbl>"
            + row(cell("k", ""), cell("v", ""))
            + row(cell("a", "<w:vMerge w:val='restart'/>"), cell("1", ""))
            + row(cell("", "<w:vMerge/>"), cell("2", ""))
            + "</w:tbl>";

    // When
    List<Block> blocks = parsed("a.docx", Ooxml.docx(first + "<w:p/>" + second)).blocks();

    // Then
    assertThat(blocks)
        .contains(
            new Table(List.of(List.of("k", "v"), List.of("a", "1"), List.of("a", "2")), true, 0));
  }

  @Test
  void
      shouldNameEachColumnAndRepeatWhatSpansRowsWhenSlidesHaveTablesInAnotherOrderThanTheirParts() {
    // Given
    String spanning =
        frame(
            slideRow(
                    slideCell("", ""),
                    slideCell("Store", "gridSpan='2'"),
                    slideCell("", "hMerge='1'"))
                + slideRow(slideCell("", ""), slideCell("Osaka", ""), slideCell("Kobe", ""))
                + slideRow(slideCell("Cup", "rowSpan='2'"), slideCell("1", ""), slideCell("2", ""))
                + slideRow(slideCell("", "vMerge='1'"), slideCell("3", ""), slideCell("4", "")));
    String plain =
        frame(
            slideRow(slideCell("k", ""), slideCell("v", ""), slideCell("w", ""))
                + slideRow(slideCell("a", ""), slideCell("b", ""), slideCell("c", ""))
                + slideRow(slideCell("d", ""), slideCell("e", ""), slideCell("f", ""))
                + slideRow(slideCell("g", ""), slideCell("h", ""), slideCell("i", "")));

    // When
    List<Block> blocks = parsed("a.pptx", Ooxml.pptx(List.of(spanning, plain))).blocks();

    // Then
    assertThat(blocks)
        .containsExactly(
            new Table(
                List.of(
                    List.of("", "Store Osaka", "Store Kobe"),
                    List.of("Cup", "1", "2"),
                    List.of("Cup", "3", "4")),
                true,
                1),
            new Table(
                List.of(
                    List.of("k", "v", "w"),
                    List.of("a", "b", "c"),
                    List.of("d", "e", "f"),
                    List.of("g", "h", "i")),
                true,
                2));
  }

  @Test
  void shouldFindPairsBelowATitleAndRepeatMergedCellsWhenSheet() {
    // Given
    String faq =
        data(
            "A1:よくある質問の一覧",
            "A3:分類",
            "B3:質問",
            "C3:回答",
            "A4:返品",
            "B4:いつまで？",
            "C4:30日です。",
            "A5:",
            "B5:送料は？",
            "C5:無料です。");
    String stores =
        data(
            "B2:店", "C2:営業時間", "C3:平日", "D3:土日", "B5:大阪", "C5:10-19", "D5:休み", "C6:11-20", "D6:休み");

    // When
    List<Block> blocks =
        parsed(
                "a.xlsx",
                Ooxml.xlsx(
                    "", faq + merged("A1:C1", "A4:A5"), stores + merged("B2:B3", "C2:D2", "B5:B6")))
            .blocks();

    // Then
    assertThat(blocks)
        .containsExactly(
            new Block.Heading(1, "S1", 1),
            new Paragraph("よくある質問の一覧", 1),
            new QuestionAnswer("いつまで？", "30日です。", 1),
            new QuestionAnswer("送料は？", "無料です。", 1),
            new Block.Heading(1, "S2", 2),
            new Table(
                List.of(
                    List.of("店", "営業時間 平日", "営業時間 土日"),
                    List.of("大阪", "10-19", "休み"),
                    List.of("大阪", "11-20", "休み")),
                true,
                2));
  }

  @Test
  void shouldLeaveOutColumnsThatOnlyCarryLayoutWhenSheetIsAGrid() {
    // Given
    String grid = data("A1:氏名", "F1:山田", "A2:電話", "F2:06-0000");

    // When
    List<Block> blocks =
        parsed("a.xlsx", Ooxml.xlsx("", grid + merged("A1:E1", "F1:T1", "A2:E2", "F2:T2")))
            .blocks();

    // Then
    assertThat(blocks.get(1).text()).isEqualTo("氏名 | 山田\n電話 | 06-0000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "yyyy\"年\"m\"月\"d\"日\";2025年4月1日",
        "[$-411]ggge\"年\"m\"月\"d\"日\";2025年4月1日",
        "[$-411]ge.m.d;2025.4.1",
        "yyyy/m/d(aaa);2025/4/1",
        "h\"時\"mm\"分\";12:00",
        "yyyy-mm-dd hh:mm:ss;2025-04-01 12:00:00",
        "m\"月\"d\"日\";4月1日",
        "[h]:mm;1097964:00",
        "[DBNum3]0;45749",
        "#,##0\"円\";45,749円",
        "0.0%;4574850.0%"
      })
  void shouldShowNumbersAsTheirFormatSays(String format, String shown) {
    // Given
    String code = format.replace("\"", "&quot;");
    String styles =
        "<numFmts><numFmt numFmtId='176' formatCode='" + code + "'/></numFmts>" + styles(176);

    // Then
    assertThat(shown(styles)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "14,標準,2025/4/1",
    "14,Normal,2025-04-01",
    "22,Normal,2025-04-01 12:00",
    "27,標準,2025.4.1",
    "31,標準,2025年4月1日",
    "33,標準,12:00:00",
    "55,標準,2025年4月",
    "58,標準,2025年4月1日"
  })
  void shouldShowDatesWhoseFormatsAreKnownByNumberOnly(int number, String style, String shown) {
    // Given
    String styles =
        styles(number) + "<cellStyles><cellStyle name='" + style + "' xfId='0'/></cellStyles>";

    // Then
    assertThat(shown(styles)).isEqualTo(shown);
  }

  @Test
  void shouldKeepCommentsOutOfTheValuesOfCells() {
    // Given
    String comments =
        "<authors><author>Mori</author></authors><commentList><comment ref='B2' authorId='0'><text><t>from"
            + " May</t></text></comment></commentList>";

    // When
    List<Block> blocks =
        parsed("a.xlsx", Ooxml.xlsxWithComments(comments, data("A1:品名", "B1:値段", "A2:茶", "B2:百円")))
            .blocks();

    // Then
    assertThat(blocks)
        .containsExactly(
            new Block.Heading(1, "S1", 1),
            new Table(List.of(List.of("品名", "値段"), List.of("茶", "百円")), true, 1),
            new Paragraph("Mori: from May", 1));
  }

  @Test
  void shouldLeaveOutHowJapaneseWordsAreRead() {
    // Given
    String cell =
        "<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>b</t></is></c>"
            + "</row></sheetData>";
    String strings = "<si><t>公示</t><rPh sb='0' eb='2'><t>コウジ</t></rPh></si>";

    // Then
    assertThat(parsed("a.xlsx", Ooxml.xlsxWithStrings(strings, cell)).text())
        .isEqualTo("S1\n\n公示 | b");
  }

  private static String styles(int format) {
    return "<fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/>"
        + "</cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='"
        + format
        + "'/></cellXfs>";
  }

  /** 45748.5, which is noon of 1 April 2025, in the second style. */
  private static String shown(String styles) {
    String cell = "<sheetData><row r='1'><c r='A1' s='1'><v>45748.5</v></c></row></sheetData>";
    List<Block> blocks = parsed("a.xlsx", Ooxml.xlsx(styles, cell)).blocks();
    return blocks.get(blocks.size() - 1).text();
  }

  private static String row(String... cells) {
    return "<w:tr>" + String.join("", cells) + "</w:tr>";
  }

  private static String cell(String text, String properties) {
    return "<w:tc><w:tcPr>"
        + properties
        + "</w:tcPr><w:p><w:r><w:t>"
        + text
        + "</w:t></w:r></w:p></w:tc>";
  }

  private static String frame(String rows) {
    return "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='4' name='T'/><p:cNvGraphicFramePr/><p:nvPr/>"
        + "</p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData"
        + " uri='http://schemas.openxmlformats.org/drawingml/2006/table'><a:tbl>"
        + rows
        + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>";
  }

  private static String slideRow(String... cells) {
    return "<a:tr h='1'>" + String.join("", cells) + "</a:tr>";
  }

  private static String slideCell(String text, String attributes) {
    return "<a:tc "
        + attributes
        + "><a:txBody><a:bodyPr/><a:p><a:r><a:t>"
        + text
        + "</a:t></a:r></a:p></a:txBody></a:tc>";
  }

  /** {@code "B3:text"} for each cell, in the order of the sheet. */
  private static String data(String... cells) {
    StringBuilder xml = new StringBuilder("<sheetData>");
    String open = "";
    for (String cell : cells) {
      String place = cell.substring(0, cell.indexOf(':'));
      String row = place.substring(1);
      if (!row.equals(open)) {
        xml.append(open.isEmpty() ? "" : "</row>").append("<row r='").append(row).append("'>");
        open = row;
      }
      xml.append("<c r='").append(place).append("' t='inlineStr'><is><t>");
      xml.append(cell.substring(cell.indexOf(':') + 1)).append("</t></is></c>");
    }
    return xml.append("</row></sheetData>").toString();
  }

  private static String merged(String... ranges) {
    StringBuilder xml = new StringBuilder("<mergeCells>");
    for (String range : ranges) {
      xml.append("<mergeCell ref='").append(range).append("'/>");
    }
    return xml.append("</mergeCells>").toString();
  }
}
