package dev.migaki.cli.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.documents.recipes.DocumentsRecipe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetToolsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void shouldNameFileLineAndFaultWhenTrainingFilesAreChecked() throws IOException {
    // Given
    Files.writeString(
        directory.resolve("a.jsonl"),
        "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\"}]}\n"
            + "{\"prompt\":\"old\"}\n");
    Files.writeString(directory.resolve("notes.txt"), "no training file");
    CheckRun run = new CheckRun(printer(out), true);
    // When
    boolean sound = run.run(List.of(directory), stream(""));
    // Then
    assertThat(sound).isFalse();
    JsonNode fault = lines().get(0);
    assertThat(lines()).hasSize(1);
    assertThat(fault.path("id").asText()).isEqualTo("a.jsonl");
    assertThat(fault.path("line").asInt()).isEqualTo(2);
    assertThat(fault.path("error").asText()).isEqualTo("missing_messages_list");
    assertThat(run.summary()).contains("2 lines in 1 file", "missing_messages_list 1");
  }

  @Test
  void shouldNameWhatTrainingRefusesOfWholeFiles() throws IOException {
    // Given
    String chat =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"é\"},"
            + "{\"role\":\"assistant\",\"content\":\"a\"}]}\n";
    Files.writeString(directory.resolve("a.jsonl"), "\n");
    Files.write(directory.resolve("b.jsonl"), chat.getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(
        directory.resolve("c.jsonl"),
        chat.repeat(2)
            + "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]},"
            + "\"preferred_output\":[{\"role\":\"assistant\",\"content\":\"a\"}],"
            + "\"non_preferred_output\":[{\"role\":\"assistant\",\"content\":\"b\"}]}\n");
    Files.writeString(directory.resolve("d.jsonl"), chat);
    // When
    boolean sound = new CheckRun(printer(out), false).run(List.of(directory), stream(""));
    // Then
    assertThat(sound).isFalse();
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "a.jsonl:1: no_examples: the file holds no examples",
            "b.jsonl:1: data_type: the line is not UTF-8; convert the file",
            "c.jsonl:3: mixed_formats: the first line is no preference line");
  }

  @Test
  void shouldGiveClustersWithTheirIdsWhenTextsAreNearlyTheSame() throws IOException {
    // Given
    String text = "The filter of the water purifier lasts for six months in a normal household";
    String lines =
        "{\"id\":1,\"text\":\""
            + text
            + ".\"}\n"
            + "{\"id\":\"two\",\"text\":\"Free shipping starts at eighty dollars for all"
            + " orders\"}\n"
            + "{\"id\":\"three\",\"text\":\""
            + text
            + "!\"}\n"
            + "{\"id\":\"four\",\"text\":\""
            + text
            + " of four\"}\n";
    // When
    boolean read =
        new DedupeRun(printer(out), printer(err), 0.7, true, DocumentsRecipe.defaults())
            .run(List.of(), stream(lines), null);
    // Then
    assertThat(read).isTrue();
    assertThat(lines()).hasSize(1);
    JsonNode cluster = lines().get(0);
    assertThat(cluster.path("ids").toString()).isEqualTo("[1,\"three\",\"four\"]");
    assertThat(cluster.at("/similarities/1").asDouble()).isEqualTo(1);
    assertThat(cluster.path("similarity").asDouble()).isBetween(0.7, 0.99);
  }

  @Test
  void shouldKnowEarlierTextsWhenTheIndexIsKept() throws IOException {
    // Given
    Path index = directory.resolve("index");
    String line = "{\"id\":\"%s\",\"text\":\"Our shop is open from nine to six on weekdays.\"}\n";
    new DedupeRun(printer(out), printer(err), 0.7, true, DocumentsRecipe.defaults())
        .run(List.of(), stream(line.formatted("monday")), index);
    out.reset();
    // When
    new DedupeRun(printer(out), printer(err), 0.7, true, DocumentsRecipe.defaults())
        .run(List.of(), stream(line.formatted("tuesday")), index);
    // Then
    assertThat(lines().get(0).path("ids").toString()).isEqualTo("[\"monday\",\"tuesday\"]");
  }

  @Test
  void shouldWriteVersionAndCardWhenADirectoryIsPreviewed() throws IOException {
    // Given
    Path documents = Files.createDirectory(directory.resolve("documents"));
    Files.writeString(
        documents.resolve("faq.txt"),
        "Q: How long do I have to return a product?\nA: You have 30 days to return it.\n\n"
            + "Q: Who answers mails?\nA: Write to jane.miller@example.com and wait for a day.\n");
    Files.writeString(documents.resolve("empty.txt"), "");
    try (RandomAccessFile sparse =
        new RandomAccessFile(documents.resolve("disk.img").toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(documents.resolve("more.zip")))) {
      zip.putNextEntry(new ZipEntry("hours.txt"));
      zip.write("Q: When do you open?\nA: We open at nine.\n".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("cut.pdf"));
      zip.write("%PDF-1.7".getBytes(StandardCharsets.UTF_8));
    }
    Path written = directory.resolve("preview");
    DryRunRecipe recipe = DryRuns.recipe();
    // When
    PreviewRun.Preview preview = new PreviewRun(recipe, "shop", 20).run(List.of(documents));
    preview.writeTo(written);
    // Then
    String train = Files.readString(written.resolve("train.jsonl"));
    assertThat(train).contains("30 days").doesNotContain("jane.miller");
    assertThat(Files.readString(written.resolve("data-card.html"))).contains("shop, version 1");
    JsonNode manifest = JSON.readTree(written.resolve("manifest.json").toFile());
    assertThat(manifest.at("/privacyProbe/total/planted").asInt()).isEqualTo(20);
    assertThat(manifest.at("/files/data-card/location").asText()).isEqualTo("data-card.html");
    assertThat(manifest.at("/findings/EMAIL_ADDRESS").asInt()).isEqualTo(1);
    assertThat(manifest.path("documents").toString()).contains("more.zip!/hours.txt");
    assertThat(preview.summary(written))
        .contains(
            "empty.txt: EMPTY",
            "disk.img: TOO_LARGE",
            "more.zip!/cut.pdf: DAMAGED",
            "data-card.html");
  }

  @Test
  void shouldShowNoNameWhenAFileIsCalledAfterAPerson(@TempDir Path directory) throws IOException {
    // Given
    Path documents = Files.createDirectory(directory.resolve("documents"));
    Files.writeString(
        documents.resolve("Invoice John Smith.txt"),
        "Q: When do you open in the morning?\nA: We open at nine in the morning.\n");
    // When
    PreviewRun.Preview preview =
        new PreviewRun(DryRuns.recipe(), "shop", 0).run(List.of(documents));
    preview.writeTo(directory.resolve("preview"));
    // Then
    JsonNode manifest = JSON.readTree(directory.resolve("preview/manifest.json").toFile());
    assertThat(manifest.at("/documents/0/filename").asText()).isEqualTo("Invoice <PERSON_1>.txt");
    assertThat(Files.readString(directory.resolve("preview/data-card.html")))
        .doesNotContain("John Smith");
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> nodes = new java.util.ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }

  private static PrintStream printer(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
