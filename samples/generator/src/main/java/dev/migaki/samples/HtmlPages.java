package dev.migaki.samples;

import java.util.ArrayList;
import java.util.List;

/** FAQ web pages in the ways that real sites build them, with navigation and small print around. */
final class HtmlPages {
  private HtmlPages() {}

  static String write(DocumentScript script, List<Block> blocks) {
    HtmlBody.Style style =
        switch (script.format()) {
          case "html-details" -> HtmlBody.Style.DETAILS;
          case "html-dl" -> HtmlBody.Style.DEFINITIONS;
          case "html-jsonld" -> HtmlBody.Style.STRUCTURED;
          default -> HtmlBody.Style.HEADINGS;
        };
    HtmlBody body = new HtmlBody(style);
    blocks.forEach(block -> block.printTo(body));
    Language language = script.language();
    String title = language.pick("Help", "ヘルプ") + ": " + script.option("title");
    return "<!DOCTYPE html>\n<html lang=\""
        + language.code()
        + "\">\n<head>\n<meta charset=\"UTF-8\">\n<title>"
        + HtmlBody.escape(title)
        + " | Tsuyukusa</title>\n<style>body{font-family:sans-serif} .hint{color:#567}</style>\n"
        + (style == HtmlBody.Style.STRUCTURED ? structuredData(blocks) : "")
        + "</head>\n<body>\n"
        + top(language)
        + "<main>\n"
        + body.finish()
        + "</main>\n"
        + bottom(language)
        + "</body>\n</html>\n";
  }

  private static String structuredData(List<Block> blocks) {
    List<String> entries = new ArrayList<>();
    for (Block.QuestionAnswer pair : FaqRow.pairs(blocks)) {
      entries.add(
          "{\"@type\":\"Question\",\"name\":"
              + Json.line(pair.question())
              + ",\"acceptedAnswer\":{\"@type\":\"Answer\",\"text\":"
              + Json.line(pair.answer())
              + "}}");
    }
    return "<script type=\"application/ld+json\">\n"
        + "{\"@context\":\"https://schema.org\",\"@type\":\"FAQPage\",\"mainEntity\":[\n"
        + String.join(",\n", entries)
        + "\n]}\n</script>\n";
  }

  private static String top(Language language) {
    return language.pick(
        """
        <header><a href="/">Tsuyukusa</a>
        <nav><ul><li><a href="/shop">Shop</a></li><li><a href="/filters">Filters</a></li>\
        <li><a href="/support">Support</a></li><li><a href="/login">Log in</a></li></ul></nav></header>
        <div class="cookie-banner">We use cookies to improve our pages. <button>Accept all</button> <button>Settings</button></div>
        <div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/support">Support</a> &gt; FAQ</div>
        """,
        """
        <header><a href="/">つゆくさ</a>
        <nav><ul><li><a href="/shop">オンラインショップ</a></li><li><a href="/filters">フィルター</a></li>\
        <li><a href="/support">サポート</a></li><li><a href="/login">ログイン</a></li></ul></nav></header>
        <div class="cookie-banner">当サイトではクッキーを使用しています。<button>同意する</button> <button>設定</button></div>
        <div class="breadcrumb"><a href="/">ホーム</a> &gt; <a href="/support">サポート</a> &gt; よくある質問</div>
        """);
  }

  private static String bottom(Language language) {
    return language.pick(
        """
        <aside class="related"><h4>Related articles</h4><ul><li><a href="/faq/1">Popular questions</a></li>\
        <li><a href="/faq/2">Contact form</a></li></ul></aside>
        <footer>Copyright 2026 Tsuyukusa Works. <a href="/privacy">Privacy</a> <a href="/imprint">Imprint</a> <a href="/careers">Careers</a></footer>
        <script>window.pageReady = true;</script>
        """,
        """
        <aside class="related"><h4>関連記事</h4><ul><li><a href="/faq/1">人気の質問</a></li>\
        <li><a href="/faq/2">お問い合わせ</a></li></ul></aside>
        <footer>Copyright 2026 つゆくさ工房 <a href="/privacy">個人情報の取り扱い</a> <a href="/imprint">会社概要</a> <a href="/careers">採用情報</a></footer>
        <script>window.pageReady = true;</script>
        """);
  }
}
