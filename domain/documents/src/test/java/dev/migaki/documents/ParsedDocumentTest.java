package dev.migaki.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.documents.Block.Chat;
import dev.migaki.documents.Block.Code;
import dev.migaki.documents.Block.Heading;
import dev.migaki.documents.Block.ListItem;
import dev.migaki.documents.Block.Message;
import dev.migaki.documents.Block.Paragraph;
import dev.migaki.documents.Block.QuestionAnswer;
import dev.migaki.documents.Block.Role;
import dev.migaki.documents.Block.Table;
import dev.migaki.documents.Block.Turn;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ParsedDocumentTest {

  private static final ParsedDocument EVERY_KIND =
      new ParsedDocument(
          "text/html",
          "UTF-8",
          "ja",
          "Title",
          List.of(
              new Heading(2, "Heading 𠮷", 1),
              new Paragraph("para\ngraph", 1),
              new ListItem("item", 1, 2),
              new Table(List.of(List.of("a", "b"), List.of("c")), true, 2),
              new Code("x = \"1\"", 0),
              new Turn(Role.CUSTOMER, "Ann", "hello", 0),
              new Turn(Role.OTHER, null, "…", 0),
              new QuestionAnswer("why?", "because", 3),
              new Chat(List.of(new Message("user", "hi"), new Message("assistant", "ho", 0)), 0)));

  @Test
  void shouldReadBackWhatWasWritten() {
    // When
    byte[] json = ParsedDocumentJson.write(EVERY_KIND);

    // Then
    assertThat(ParsedDocumentJson.read(json)).isEqualTo(EVERY_KIND);
    assertThat(ParsedDocumentJson.write(ParsedDocumentJson.read(json))).isEqualTo(json);
  }

  @Test
  void shouldNotQuoteTheDocumentWhenJsonIsBroken() {
    // When
    byte[] json =
        "{\"mediaType\":\"text/plain\",\"blocks\":[secret"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);

    // Then
    assertThatThrownBy(() -> ParsedDocumentJson.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void shouldLocateBlocksInCodePoints() {
    // When
    String text = EVERY_KIND.text();

    // Then
    int[] codePoints = text.codePoints().toArray();
    for (Located located : EVERY_KIND.located()) {
      String cut = new String(codePoints, located.start(), located.end() - located.start());
      assertThat(cut).isEqualTo(located.block().text());
    }
  }

  @Test
  void shouldMapEveryText() {
    // When
    ParsedDocument mapped = EVERY_KIND.mapText(text -> text.toUpperCase(Locale.ROOT));

    // Then
    assertThat(mapped.text()).isEqualTo(EVERY_KIND.text().toUpperCase(Locale.ROOT));
    assertThat(mapped.title()).isEqualTo("TITLE");
    assertThat(mapped.blocks().get(5)).isEqualTo(new Turn(Role.CUSTOMER, "ANN", "HELLO", 0));
    assertThat(mapped.mapText(text -> text)).isEqualTo(mapped);
  }

  @Test
  void shouldNotShowTextWhenPrinted() {
    // Then
    assertThat(EVERY_KIND.toString()).doesNotContain("Heading").contains("blocks=9");
  }
}
