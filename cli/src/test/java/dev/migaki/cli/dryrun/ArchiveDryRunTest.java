package dev.migaki.cli.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.documents.recipes.DocumentsRecipe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveDryRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FAQ = "question,answer\nMay I return it?,Yes within 30 days.\n";

  @TempDir private Path directory;

  @Test
  void shouldPrintEachFileOfAnArchiveWithItsIdWhenParsing() throws IOException {
    // Given
    Map<String, byte[]> inner = new LinkedHashMap<>();
    inner.put("old.txt", bytes("Old."));
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("faq/returns.csv", bytes(FAQ));
    files.put("broken.pdf", bytes("%PDF-1.7\n1 0 obj <<"));
    files.put("inner.zip", zip(inner));
    files.put("../out.txt", bytes("no"));
    Files.write(directory.resolve("b.zip"), zip(files));
    Files.writeString(directory.resolve("a.txt"), "First.");
    Files.writeString(directory.resolve("c.txt"), "Last.");

    // When
    List<JsonNode> results =
        run(new ParseRun(DocumentsRecipe.defaults(), text -> "en"), List.of(directory));

    // Then
    assertThat(results)
        .extracting(ArchiveDryRunTest::brief)
        .containsExactly(
            "a.txt First.",
            "b.zip!/faq/returns.csv May I return it?\nYes within 30 days.",
            "b.zip!/broken.pdf DAMAGED",
            "b.zip!/inner.zip!/old.txt Old.",
            "b.zip!/__/out.txt UNSAFE_NAME",
            "c.txt Last.");
  }

  @Test
  void shouldRedactAndExtractFromEachFileOfAnArchiveFromStandardInput() throws IOException {
    // Given
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("mail.txt", bytes("Write to taro.yamada@example.co.jp."));
    files.put("faq.csv", bytes(FAQ));
    byte[] archive = zip(files);

    // When
    List<JsonNode> redacted = run(new RedactRun(DryRuns.recipe()), archive);
    List<JsonNode> examples = run(new ExamplesRun(DryRuns.recipe(), true), archive);

    // Then
    assertThat(redacted)
        .extracting(one -> one.path("id").asText())
        .containsExactly("stdin!/mail.txt", "stdin!/faq.csv");
    assertThat(redacted.get(0).at("/spans/0/type").asText()).isEqualTo("EMAIL_ADDRESS");
    assertThat(examples)
        .extracting(one -> one.path("id").asText())
        .containsExactly("stdin!/mail.txt", "stdin!/faq.csv");
    assertThat(examples.get(0).at("/rejected/code").asText()).isEqualTo("NO_EXAMPLES");
    assertThat(examples.get(1).at("/source/document").asText()).isEqualTo("stdin!/faq.csv");
  }

  @Test
  void shouldSayOnceWhyAnArchiveIsRefused() throws IOException {
    // When
    List<JsonNode> results =
        run(
            new ParseRun(DocumentsRecipe.defaults(), text -> "en"),
            zip(Map.of("zeros.txt", new byte[100 << 20])));

    // Then
    assertThat(results).extracting(ArchiveDryRunTest::brief).containsExactly("stdin BOMB");
  }

  @Test
  void shouldFindNearlyTheSameFilesInsideArchives() throws IOException {
    // Given
    String text =
        "You may return any device within thirty days if you still have the receipt. ".repeat(5);
    Files.write(
        directory.resolve("a.zip"), zip(Map.of("one.txt", bytes(text), "two.txt", bytes("Else."))));
    Files.writeString(directory.resolve("b.txt"), text + "Thanks.");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    // When
    new DedupeRun(printed(out), System.err, 0.8, true, DocumentsRecipe.defaults())
        .run(List.of(directory), new ByteArrayInputStream(new byte[0]), null);

    // Then
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("a.zip!/one.txt").contains("b.txt");
  }

  private static String brief(JsonNode result) {
    JsonNode code = result.at("/rejected/code");
    return result.path("id").asText()
        + " "
        + (code.isMissingNode() ? result.path("text").asText() : code.asText());
  }

  private static List<JsonNode> run(Function<DryRunInput, DryRun.Result> work, byte[] input)
      throws IOException {
    return run(work, List.of(), input);
  }

  private static List<JsonNode> run(Function<DryRunInput, DryRun.Result> work, List<Path> paths)
      throws IOException {
    return run(work, paths, new byte[0]);
  }

  private static List<JsonNode> run(
      Function<DryRunInput, DryRun.Result> work, List<Path> paths, byte[] input)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DryRun(printed(out), System.err, true, DocumentsRecipe.defaults())
        .run(paths, new ByteArrayInputStream(input), work);
    List<JsonNode> results = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      results.add(JSON.readTree(line));
    }
    return results;
  }

  private static PrintStream printed(ByteArrayOutputStream out) {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
