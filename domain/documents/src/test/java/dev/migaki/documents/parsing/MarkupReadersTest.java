package dev.migaki.documents.parsing;

import static dev.migaki.documents.parsing.Files.blocks;
import static dev.migaki.documents.parsing.Files.parsed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.Block;
import dev.migaki.documents.Block.Code;
import dev.migaki.documents.Block.Heading;
import dev.migaki.documents.Block.ListItem;
import dev.migaki.documents.Block.Paragraph;
import dev.migaki.documents.Block.QuestionAnswer;
import dev.migaki.documents.Block.Table;
import dev.migaki.documents.ParsedDocument;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkupReadersTest {

  @Test
  void shouldDropAnchorsFromHeadingsOfMarkdown() {
    // Then
    assertThat(blocks("a.md", "## Scope {#scope}\n\nText"))
        .containsExactly(new Block.Heading(2, "Scope", 0), new Block.Paragraph("Text", 0));
  }

  @Test
  void shouldKeepStructureWhenMarkdown() {
    // When
    ParsedDocument document =
        parsed(
            "a.md",
            ("---\ntitle: Guide\n---\n# One\n\ntext *with* `code`\nwrapped\n\n- a\n  - b\n\n```sh\nls -l\n```\n\n"
                    + "| k | v |\n|---|---|\n| x | 1 |\n")
                .getBytes(UTF_8));

    // Then
    assertThat(document.title()).isEqualTo("Guide");
    assertThat(document.blocks())
        .containsExactly(
            new Heading(1, "One", 0),
            new Paragraph("text with code wrapped", 0),
            new ListItem("a", 0, 0),
            new ListItem("b", 1, 0),
            new Code("ls -l", 0),
            new Table(List.of(List.of("k", "v"), List.of("x", "1")), true, 0));
  }

  @Test
  void shouldPairDetailsAndDefinitionsWhenHtml() {
    // When
    List<Block> blocks =
        blocks(
            "a.html",
            "<html lang=ja><body><details><summary>返品できますか？</summary><p>はい。</p><ul><li>30日以内</li></ul>"
                + "</details><dl><dt>Open?<dd>At nine.<dt>Closed?<dd>At six.</dl></body></html>");

    // Then
    assertThat(blocks)
        .containsExactly(
            new QuestionAnswer("返品できますか？", "はい。\n- 30日以内", 0),
            new QuestionAnswer("Open?", "At nine.", 0),
            new QuestionAnswer("Closed?", "At six.", 0));
  }

  @Test
  void shouldReadDeclaredFaqOnceWhenJsonLdAndPageSayTheSame() {
    // When
    List<Block> blocks =
        blocks(
            "a.html",
            "<html><head><script type='application/ld+json'>{\"@type\":\"FAQPage\",\"mainEntity\":[{"
                + "\"@type\":\"Question\",\"name\":\"Open?\",\"acceptedAnswer\":{\"@type\":\"Answer\","
                + "\"text\":\"<p>At nine.</p>\"}}]}</script></head><body><h1>FAQ</h1><h3>Open?</h3>"
                + "<p>At nine.</p></body></html>");

    // Then
    assertThat(blocks)
        .containsExactly(new QuestionAnswer("Open?", "At nine.", 0), new Heading(1, "FAQ", 0));
  }

  @Test
  void shouldReadMicrodataAndAccordions() {
    // When
    List<Block> blocks =
        blocks(
            "a.html",
            "<body><div itemscope itemtype='https://schema.org/Question'><h3 itemprop=name>A?</h3>"
                + "<div itemprop=acceptedAnswer><div itemprop=text>a</div></div></div>"
                + "<button aria-controls=p1>B?</button><div id=p1 hidden>b</div></body>");

    // Then
    assertThat(blocks)
        .containsExactly(new QuestionAnswer("A?", "a", 0), new QuestionAnswer("B?", "b", 0));
  }

  @Test
  void shouldDropNavigationAndKeepShortContent() {
    // When
    List<Block> blocks =
        blocks(
            "a.html",
            "<body><header><nav><a>Home</a></nav></header><div class='cookie-banner'>We use cookies</div>"
                + "<main><h1>Hours</h1><p>9-5</p></main><footer>© 2026</footer><script>x()</script></body>");

    // Then
    assertThat(blocks).containsExactly(new Heading(1, "Hours", 0), new Paragraph("9-5", 0));
  }

  @Test
  void shouldKeepEverythingWhenAllOfThePageLooksLikeNavigation() {
    // When
    List<Block> blocks = blocks("a.html", "<body><nav><p>The only text there is.</p></nav></body>");

    // Then
    assertThat(blocks).containsExactly(new Paragraph("The only text there is.", 0));
  }

  @Test
  void shouldRepeatSpannedCellsAndUnwrapLayoutTables() {
    // When
    List<Block> blocks =
        blocks(
            "a.html",
            "<table role=presentation><tr><td><p>Hello</p><table><tr><th>k<th>v</tr><tr><td rowspan=2>x<td>1"
                + "</tr><tr><td>2</tr></table></td></tr></table>");

    // Then
    assertThat(blocks)
        .containsExactly(
            new Paragraph("Hello", 0),
            new Table(List.of(List.of("k", "v"), List.of("x", "1"), List.of("x", "2")), true, 0));
  }

  @Test
  void shouldTrustMetaCharsetWhenBytesAllow() {
    // When
    ParsedDocument document =
        parsed(
            "a.html",
            "<html><head><meta charset=Shift_JIS></head><body><p>営業時間</p></body></html>"
                .getBytes(Charset.forName("windows-31j")));

    // Then
    assertThat(document.text()).isEqualTo("営業時間");
  }

  @Test
  void shouldFindQuestionsInWordStyledMarkup() {
    // When
    List<Block> blocks =
        blocks("a.html", "<h2>Q1. Why?</h2><p>A1. Because.</p><p>And so on.</p><h2>Other</h2>");

    // Then
    assertThat(blocks)
        .containsExactly(
            new QuestionAnswer("Why?", "Because.\nAnd so on.", 0), new Heading(2, "Other", 0));
  }

  @Test
  void shouldPairMarkdownQuestionsWhenAnswerFollowsOnNextLine() {
    // When
    List<Block> blocks =
        blocks(
            "faq.md",
            "**Q: Do you deliver\non Sundays?**\nA: Yes, between nine\nand twelve.\n\n"
                + "**Who pays for it?**\nThe customer does.\n**返品は？**\n8日以内です。\n");

    // Then
    assertThat(blocks)
        .containsExactly(
            new QuestionAnswer("Do you deliver on Sundays?", "Yes, between nine and twelve.", 0),
            new Paragraph("Who pays for it?", 0),
            new Paragraph("The customer does.", 0),
            new Paragraph("返品は？", 0),
            new Paragraph("8日以内です。", 0));
  }

  @Test
  void shouldSetBoldQuestionApartWhenHtmlBreaksTheLineAfterIt() {
    // When
    List<Block> blocks =
        blocks("faq.html", "<p><b>返品は？</b><br>8日以内です。<br> <b>注意</b><br>開封後は不可です。</p>");

    // Then
    assertThat(blocks)
        .containsExactly(new Paragraph("返品は？", 0), new Paragraph("8日以内です。\n注意\n開封後は不可です。", 0));
  }
}
