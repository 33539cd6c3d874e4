package dev.migaki.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the contracts still: schemas, samples and catalog are files that a reviewer sees change.
 * {@code -Dmigaki.update} writes them anew.
 */
class EventContractTest {
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
  private static final Path SAMPLES = Path.of("src/test/resources/samples");
  private static final Path CATALOG = Path.of("../../docs/03-event-catalog.md");

  static List<Event> samples() {
    return EventSamples.all();
  }

  static Stream<Path> storedSamples() throws IOException {
    return Files.list(SAMPLES).sorted();
  }

  @Test
  void shouldHaveASampleOfEveryType() {
    assertThat(samples().stream().map(EventType::of)).containsExactlyInAnyOrder(EventType.values());
    assertThat(Topics.ALL)
        .containsAll(Stream.of(EventType.values()).map(EventType::topic).toList());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldReadBackWhatItWrote(Event event) {
    assertThat(EventJson.read(EventType.of(event), EventJson.write(event))).isEqualTo(event);
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepTheStoredSchema(EventType type) throws IOException {
    shouldEqualFile(
        SCHEMAS.resolve(type.wireName() + ".json"),
        PRETTY.writeValueAsString(EventSchemas.of(type)) + "\n");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldKeepTheStoredSample(Event event) throws IOException {
    String json = PRETTY.writeValueAsString(PRETTY.readTree(EventJson.write(event))) + "\n";
    shouldEqualFile(SAMPLES.resolve(EventType.of(event).wireName() + ".json"), json);
  }

  /**
   * Samples of earlier releases stay in the folder for ever; each must still be readable and valid.
   */
  @ParameterizedTest
  @MethodSource("storedSamples")
  void shouldReadEverySampleThatWasEverStored(Path file) throws IOException {
    String name = file.getFileName().toString();
    EventType type = EventType.named(name.substring(0, name.indexOf(".v1") + 3)).orElseThrow();
    byte[] json = Files.readAllBytes(file);

    assertThat(EventType.of(EventJson.read(type, json))).isEqualTo(type);
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(SCHEMAS.resolve(type.wireName() + ".json")))
                .validate(PRETTY.readTree(json)))
        .isEmpty();
  }

  @Test
  void shouldKeepTheCatalogInStep() throws IOException {
    Map<EventType, ObjectNode> schemas = new EnumMap<>(EventType.class);
    Stream.of(EventType.values()).forEach(type -> schemas.put(type, EventSchemas.of(type)));

    shouldEqualFile(CATALOG, EventCatalog.markdown(schemas));
  }

  @Test
  void shouldNameTheFieldButNotItsValueWhenAnEventCannotBeRead() {
    byte[] json =
        "{\"dataset\":\"d\",\"documentId\":\"x\",\"position\":{\"topic\":\"t\",\"partition\":\"secret\"}}"
            .getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> EventJson.read(EventType.DOCUMENT_ERASED, json))
        .isInstanceOf(EventJson.UnreadableEvent.class)
        .hasMessageContaining("partition")
        .hasMessageNotContaining("secret");
  }

  @Test
  void shouldIgnoreFieldsOfLaterReleases() {
    byte[] json =
        ("{\"dataset\":\"d\",\"documentId\":\"x\",\"new\":1,"
                + "\"position\":{\"topic\":\"t\",\"partition\":1,\"offset\":2}}")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(EventJson.read(EventType.DOCUMENT_ERASED, json).dataset()).isEqualTo("d");
  }

  private static void shouldEqualFile(Path file, String expected) throws IOException {
    if (System.getProperty("migaki.update") != null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file)).isEqualTo(expected);
  }
}
