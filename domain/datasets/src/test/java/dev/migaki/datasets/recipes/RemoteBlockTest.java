package dev.migaki.datasets.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.datasets.remote.PresidioEntities;
import dev.migaki.datasets.remote.RemoteReader;
import dev.migaki.recipes.RecipeFiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteBlockTest {
  private static List<RemoteReader> read(String findings) {
    PseudonymKey key = PseudonymKey.of("key".getBytes(StandardCharsets.UTF_8));
    byte[] recipe = "{'findings': %s}".formatted(findings).getBytes(StandardCharsets.UTF_8);
    return RecipeFiles.read(recipe, (root, bytes) -> new RecipeReader(key, true).read(root, "none"))
        .readers();
  }

  @Test
  void shouldAskNobodyWhenTheRecipeSaysNothing() {
    assertThat(read("{}")).isEmpty();
    assertThat(read("{'remote': []}")).isEmpty();
  }

  @Test
  void shouldHaveSaneDefaultsWhenOnlyTheAddressIsGiven() {
    // When
    List<RemoteReader> readers =
        read(
            "{'remote': [{'kind': 'presidio', 'url': 'http://presidio-analyzer:3000/'},"
                + " {'kind': 'model', 'url': 'https://host/v1', 'model': 'reader-7b'}]}");

    // Then
    RemoteReader.Presidio presidio = (RemoteReader.Presidio) readers.get(0);
    assertThat(presidio.service().name()).isEqualTo("presidio");
    assertThat(presidio.service().url()).hasToString("http://presidio-analyzer:3000");
    assertThat(presidio.service().apiKeyVariable()).isNull();
    assertThat(presidio.service().timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(presidio.service().maxCharacters()).isEqualTo(10_000);
    assertThat(presidio.languages()).containsExactly("en");
    assertThat(presidio.threshold()).isEqualTo(0.5);
    assertThat(presidio.types()).isEqualTo(PresidioEntities.standard());
    assertThat(presidio.onlyTypes()).isFalse();
    RemoteReader.Model model = (RemoteReader.Model) readers.get(1);
    assertThat(model.service().name()).isEqualTo("model");
    assertThat(model.service().timeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(model.service().maxCharacters()).isEqualTo(4_000);
    assertThat(model.model()).isEqualTo("reader-7b");
    assertThat(model.types())
        .contains(FindingType.PERSON, FindingType.API_KEY)
        .doesNotContain(FindingType.LOCATION, FindingType.CONFIDENTIAL_TERM);
  }

  @Test
  void shouldReadEveryKeyWhenAllAreGiven() {
    // When
    List<RemoteReader> readers =
        read(
            "{'actions': {'LOCATION': 'replace'}, 'remote': [{'kind': 'presidio', 'name': 'de',"
                + " 'url': 'http://host:3000/a', 'apiKeyVariable': 'PRESIDIO_KEY',"
                + " 'timeout': 'PT3S', 'maxCharacters': 700, 'languages': ['de', 'en'],"
                + " 'threshold': 0.35, 'types': {'PERSON': 'PERSON', 'TITLE': 'TITLE'}},"
                + " {'kind': 'model', 'url': 'http://host/v1', 'model': 'm', 'types': ['PERSON']},"
                + " {'kind': 'model', 'name': 'all', 'url': 'http://host/v1', 'model': 'm'}]}");

    // Then
    assertThat(readers.get(0))
        .isEqualTo(
            new RemoteReader.Presidio(
                new RemoteReader.Service(
                    "de",
                    java.net.URI.create("http://host:3000/a"),
                    "PRESIDIO_KEY",
                    Duration.ofSeconds(3),
                    700),
                List.of("de", "en"),
                0.35,
                Map.of("PERSON", FindingType.PERSON, "TITLE", FindingType.TITLE),
                true));
    assertThat(((RemoteReader.Model) readers.get(1)).types()).containsExactly(FindingType.PERSON);
    assertThat(((RemoteReader.Model) readers.get(2)).types()).contains(FindingType.LOCATION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'kind': 'spacy', 'url': 'http://h'}                                        | [0].kind must be presidio or model
          {'url': 'http://h'}                                                         | [0].kind must be presidio or model
          {'kind': 'presidio'}                                                        | [0].url must be given
          {'kind': 'presidio', 'url': 'ftp://h'}                                      | [0].url must be
          {'kind': 'presidio', 'url': 'http://me:hunter2@h'}                          | [0].url must be
          {'kind': 'presidio', 'url': 'http://h?key=hunter2'}                         | [0].url must be
          {'kind': 'presidio', 'url': 'http://h h'}                                   | [0].url must be
          {'kind': 'presidio', 'url': 'http://h', 'name': 'Two Words'}                | [0].name must be
          {'kind': 'presidio', 'url': 'http://h', 'timeout': '20s'}                   | [0].timeout must be
          {'kind': 'presidio', 'url': 'http://h', 'timeout': 'PT6M'}                  | [0].timeout must be
          {'kind': 'presidio', 'url': 'http://h', 'maxCharacters': 499}               | [0].maxCharacters must be
          {'kind': 'presidio', 'url': 'http://h', 'maxCharacters': 'many'}            | [0].maxCharacters must be
          {'kind': 'presidio', 'url': 'http://h', 'threshold': 1.1}                   | [0].threshold must be
          {'kind': 'presidio', 'url': 'http://h', 'threshold': 'low'}                 | [0].threshold must be
          {'kind': 'presidio', 'url': 'http://h', 'languages': []}                    | [0].languages must be
          {'kind': 'presidio', 'url': 'http://h', 'languages': ['English']}           | [0].languages must be
          {'kind': 'presidio', 'url': 'http://h', 'types': {}}                        | [0].types must map
          {'kind': 'presidio', 'url': 'http://h', 'types': {'PERSON': 'HUMAN'}}       | [0].types.PERSON must be one of PERSON,
          {'kind': 'presidio', 'url': 'http://h', 'model': 'm'}                       | [0]: unknown key model;
          {'kind': 'model', 'url': 'http://h'}                                        | [0].model must be given
          {'kind': 'model', 'url': 'http://h', 'model': 'm', 'types': 'PERSON'}       | [0].types must be a list
          {'kind': 'model', 'url': 'http://h', 'model': 'm', 'apiKey': 'hunter2'}     | [0]: unknown key apiKey (did you mean apiKeyVariable?)
          {'kind': 'model', 'url': 'http://h', 'model': 'm', 'apiKeyVariable': 'hunter2'} | [0].apiKeyVariable must name
          """)
  void shouldNameTheFieldAndQuoteNoValueWhenItIsWrong(String reader, String message) {
    assertThatThrownBy(() -> read("{'remote': [%s]}".formatted(reader)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("findings.remote[0]")
        .hasMessageContaining(message)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void shouldWantAListOfReadersWithDifferentNames() {
    String reader = "{'kind': 'presidio', 'url': 'http://h'}";
    assertThatThrownBy(() -> read("{'remote': %s}".formatted(reader)))
        .hasMessage("findings.remote must be a list of blocks");
    assertThatThrownBy(() -> read("{'remote': [%s, %s]}".formatted(reader, reader)))
        .hasMessage("findings.remote[1].name must differ from those before");
  }
}
