package dev.migaki.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Workbooks with one sheet per section and the columns that the script names. */
final class SheetFiles {
  private SheetFiles() {}

  static byte[] write(DocumentScript script, List<Block> blocks) throws IOException {
    Map<String, List<FaqRow>> sections = new LinkedHashMap<>();
    for (FaqRow row : FaqRow.of(blocks)) {
      sections.computeIfAbsent(row.section(), section -> new ArrayList<>()).add(row);
    }
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      OfficeProperties.fix(workbook.getProperties(), script);
      sections.forEach(
          (section, rows) -> fill(workbook.createSheet(section), FaqRow.table(script, rows)));
      workbook.write(bytes);
      return StableZip.repack(bytes.toByteArray());
    }
  }

  private static void fill(Sheet sheet, List<List<String>> table) {
    for (int i = 0; i < table.size(); i++) {
      Row row = sheet.createRow(i);
      for (int j = 0; j < table.get(i).size(); j++) {
        row.createCell(j).setCellValue(table.get(i).get(j));
      }
    }
  }
}
