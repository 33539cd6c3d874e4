package dev.migaki.cleansing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.cleansing.recognition.DocumentRecognizer;
import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Glossary;
import dev.migaki.cleansing.recognition.Passage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecondReadersTest {
  private static final CleansingRecipe RECIPE = CleansingRecipe.standard();

  /** A word list that no local recogniser knows; remembers what it was asked. */
  private static class Words implements DocumentRecognizer {
    private final FindingType type;
    private final double score;
    private final List<String> words;
    private final List<List<Passage>> asked = new ArrayList<>();

    Words(FindingType type, double score, String... words) {
      this.type = type;
      this.score = score;
      this.words = List.of(words);
    }

    @Override
    public List<List<Finding>> recognize(List<Passage> passages) {
      asked.add(passages);
      List<List<Finding>> found = new ArrayList<>();
      for (Passage passage : passages) {
        List<Finding> findings = new ArrayList<>();
        for (String word : words) {
          int at = passage.text().indexOf(word);
          if (at >= 0) {
            findings.add(new Finding(type, at, at + word.length(), score, "words"));
          }
        }
        found.add(findings);
      }
      return found;
    }
  }

  private static CleansedDocument cleansed(
      CleansingRecipe recipe, DocumentRecognizer reader, String... texts) {
    List<TextBlock> blocks = List.of(texts).stream().map(TextBlock::of).toList();
    return TextCleanser.create(recipe, List.of(reader))
        .cleanseDocument(blocks, DocumentContext.nothingKnown());
  }

  @Test
  void shouldRemoveWhatASecondReaderFindsAndSayWhoFoundIt() {
    // Given
    Words words = new Words(FindingType.PERSON, 0.85, "Quorvex Zibble");

    // When
    CleansedDocument document =
        cleansed(RECIPE, words, "Parcels are packed by Quorvex Zibble.", "The shop is open.");

    // Then
    assertThat(document.texts())
        .containsExactly("Parcels are packed by <PERSON_1>.", "The shop is open.");
    assertThat(document.blocks().get(0).audit())
        .extracting(AuditEntry::recognizer, AuditEntry::start, AuditEntry::end)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("words", 22, 36));
  }

  @Test
  void shouldRemoveItFromAllBlocksWhenOneBlockProvesIt() {
    // Given: the reader needs a cue
    DocumentRecognizer words =
        passages ->
            passages.stream()
                .map(
                    passage ->
                        passage.text().startsWith("Ask Q")
                            ? List.of(new Finding(FindingType.PERSON, 4, 18, 0.8, "words"))
                            : List.<Finding>of())
                .toList();

    // When
    CleansedDocument document =
        cleansed(RECIPE, words, "Quorvex Zibble has keys.", "Ask Quorvex Zibble.");

    // Then
    assertThat(document.texts()).containsExactly("<PERSON_1> has keys.", "Ask <PERSON_1>.");
    assertThat(document.blocks())
        .extracting(block -> block.audit().get(0).recognizer())
        .containsExactly("known-in-document", "words");
  }

  @Test
  void shouldKeepWhatTheGlossaryAllowsAndWhatIsBelowTheThreshold() {
    // Given
    CleansingRecipe recipe =
        RECIPE.withGlossary(Glossary.of(List.of("Quorvex Zibble"), List.of(), List.of()));

    // When Then
    assertThat(
            cleansed(
                    recipe,
                    new Words(FindingType.PERSON, 0.85, "Quorvex Zibble"),
                    "The Quorvex Zibble hums.")
                .texts())
        .containsExactly("The Quorvex Zibble hums.");
    assertThat(
            cleansed(
                    RECIPE,
                    new Words(FindingType.PERSON, 0.49, "Quorvex Zibble"),
                    "The Quorvex Zibble hums.")
                .texts())
        .containsExactly("The Quorvex Zibble hums.");
  }

  @Test
  void shouldReadAgainUntilNothingIsFoundAndOnlyWhatHasChanged() {
    // Given: one name shows itself only when the other is gone
    Words words =
        new Words(FindingType.PERSON, 0.85, "Quorvex Zibble") {
          @Override
          public List<List<Finding>> recognize(List<Passage> passages) {
            List<List<Finding>> found = super.recognize(passages);
            for (int i = 0; i < passages.size(); i++) {
              String text = passages.get(i).text();
              int at = text.indexOf("Wimbrel Oxtak");
              if (at >= 0 && !text.contains("Quorvex")) {
                found.get(i).add(new Finding(FindingType.PERSON, at, at + 13, 0.85, "words"));
              }
            }
            return found;
          }
        };

    // When
    CleansedDocument document =
        cleansed(
            RECIPE, words, "Quorvex Zibble and Wimbrel Oxtak pack parcels.", "The shop is open.");

    // Then
    assertThat(document.texts())
        .containsExactly("<PERSON_1> and <PERSON_2> pack parcels.", "The shop is open.");
    assertThat(words.asked).extracting(List::size).containsExactly(2, 1, 1);
    assertThat(words.asked.get(1).get(0).text())
        .isEqualTo("__________ and Wimbrel Oxtak pack parcels.");
    assertThat(document.isQuarantined()).isFalse();
  }

  @Test
  void shouldQuarantineWhenTheReaderNeverComesToAnEnd() {
    // Given: masks leave nothing behind, so each reading finds the next word
    CleansingRecipe recipe =
        RECIPE.withTreatment(FindingType.ORGANIZATION, RedactionAction.DROP, 0.5);
    DocumentRecognizer greedy =
        passages ->
            passages.stream()
                .map(
                    passage ->
                        passage.text().length() < 3
                            ? List.<Finding>of()
                            : List.of(new Finding(FindingType.ORGANIZATION, 0, 2, 0.9, "greedy")))
                .toList();

    // When
    CleansedDocument document = cleansed(recipe, greedy, "abcdefghijklmnopqrstuvwxyz");

    // Then
    assertThat(document.isQuarantined()).isTrue();
    assertThat(document.residue()).isNotEmpty();
  }

  @Test
  void shouldTakeOnlyWhatStandsBesideAPlaceholderWhenAFindingCoversOne() {
    // Given
    DocumentRecognizer whole =
        passages ->
            passages.stream()
                .map(
                    passage ->
                        List.of(
                            new Finding(
                                FindingType.PERSON, 0, passage.text().length(), 0.85, "whole")))
                .toList();

    // When
    CleansedDocument document = cleansed(RECIPE, whole, "<PERSON_7> Zibble", "<PERSON_7>'s");

    // Then
    assertThat(document.texts()).containsExactly("<PERSON_7> <PERSON_8>", "<PERSON_7>'s");
    assertThat(document.isQuarantined()).isFalse();
  }

  @Test
  void shouldTellTheReaderEachTextsLanguageAndLabel() {
    // Given
    Words words = new Words(FindingType.PERSON, 0.85);
    List<TextBlock> blocks =
        List.of(
            TextBlock.of("The parcel will be sent to the address that you gave us."),
            TextBlock.labelled("配送は三日かかります。", "備考"),
            TextBlock.of("42"));

    // When
    TextCleanser.create(RECIPE, List.of(words))
        .cleanseDocument(blocks, DocumentContext.nothingKnown());

    // Then
    assertThat(words.asked.get(0)).extracting(Passage::language).containsExactly("en", "ja", "en");
    assertThat(words.asked.get(0)).extracting(Passage::label).containsExactly(null, "備考", null);
  }

  @Test
  void shouldNotCleanseWhenTheReaderFails() {
    // Given
    DocumentRecognizer broken =
        passages -> {
          throw new IllegalStateException("out of order");
        };

    // When Then
    assertThatThrownBy(() -> cleansed(RECIPE, broken, "The shop is open."))
        .hasMessage("out of order");
  }

  @Test
  void shouldAskNobodyWhenToldNotTo() {
    // Given
    Words words = new Words(FindingType.PERSON, 0.85, "Quorvex Zibble");
    TextCleanser cleanser = TextCleanser.create(RECIPE, List.of(words));

    // When
    Redaction asked = cleanser.redact("Ask Quorvex Zibble.");
    int readings = words.asked.size();
    Redaction local = cleanser.withoutSecondReaders().redact("Ask Quorvex Zibble.");

    // Then
    assertThat(asked.text()).isEqualTo("Ask <PERSON_1>.");
    assertThat(readings).isEqualTo(2);
    assertThat(local.text()).isEqualTo("Ask Quorvex Zibble.");
    assertThat(words.asked).hasSize(readings);
  }
}
