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

  @Test
  void shouldReadWhatSiteGeneratorsAddToMarkdownAsItsReadersSeeIt() {
    // When
    List<Block> blocks =
        blocks(
            "a.md",
            "{% include head.html %}\n## Why is it slow? {#slow}\n{: .big}\n\nSee the [log]({% page \"/log\" %})"
                + " or `{% raw %}`.\n\n!!! note \"Hint\"\n    The cache is cold.\n\n> [!TIP]\n> Warm it up.\n\n"
                + ":::caution\nNot at noon.\n:::\n\n{% highlight sh %}\nls <dir>\n{% endhighlight %}\n");

    // Then
    assertThat(blocks)
        .containsExactly(
            new Heading(2, "Why is it slow?", 0),
            new Paragraph("See the log or {% raw %}.", 0),
            new Paragraph("The cache is cold.", 0),
            new Paragraph("Warm it up.", 0),
            new Paragraph("Not at noon.", 0),
            new Code("ls <dir>", 0));
  }

  @Test
  void shouldPairWhatOnlyClassesAndLettersTellApartWhenHtml() {
    // When
    List<Block> blocks =
        blocks(
            "a.html",
            "<div class=qa><p class=q>駐輪場は使えますか</p><p class=a>はい。</p><p>1階です。</p></div>"
                + "<div class=faq-item><div class=faq__question>Which size</div><div class=faq__answer>M fits.</div></div>"
                + "<dl><dt><span>Q</span>返品できますか</dt><dd><span>A</span>できます。<p><a href='#top'>ページトップへ</a></p></dd></dl>");

    // Then
    assertThat(blocks)
        .containsExactly(
            new QuestionAnswer("駐輪場は使えますか", "はい。\n1階です。", 0),
            new QuestionAnswer("Which size", "M fits.", 0),
            new QuestionAnswer("Q. 返品できますか", "A. できます。", 0));
  }

  @Test
  void shouldSeparateBoldQuestionsAndKeepWhatAPageSaysAboutItselfApartWhenHtml() {
    // When
    List<Block> blocks =
        blocks(
            "a.html",
            "<p><strong>Is it free?</strong> Yes, for members.</p><p>Read <b>this?</b> first.</p>"
                + "<dl><dt>Author</dt><dd>Ann Other</dd><dt>Escrow</dt><dd>Money held for both.</dd><dd>It is paid out later.</dd></dl>");

    // Then
    assertThat(blocks)
        .containsExactly(
            new Paragraph("Is it free?", 0),
            new Paragraph("Yes, for members.", 0),
            new Paragraph("Read this? first.", 0),
            new Paragraph("Author: Ann Other", 0),
            new QuestionAnswer("Escrow", "Money held for both.\nIt is paid out later.", 0));
  }

  @Test
  void shouldTakeCodeTablesAndDeeperSectionsIntoAMarkedAnswer() {
    // When
    List<Block> blocks =
        blocks(
            "a.md",
            "### Q: Where does it run?\n\nA: It runs on these systems.\n\n| system | since |\n|---|---|\n| Linux | 2 |\n\n"
                + "#### Start\n\n```\nrun it\n```\n\n#### Empty\n\n## Contact\n\nWrite to us.");

    // Then
    assertThat(blocks)
        .containsExactly(
            new QuestionAnswer(
                "Where does it run?",
                "It runs on these systems.\nsystem | since\nLinux | 2\nStart\nrun it",
                0),
            new Heading(4, "Empty", 0),
            new Heading(2, "Contact", 0),
            new Paragraph("Write to us.", 0));
  }
}
