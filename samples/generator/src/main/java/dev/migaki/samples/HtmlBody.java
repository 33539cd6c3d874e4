package dev.migaki.samples;

/** Prints blocks as the main part of a web page, pairs in one of the usual ways. */
final class HtmlBody implements BlockPrinter {

  /** How a page marks a question with its answer. */
  enum Style {
    HEADINGS(""),
    DETAILS(""),
    DEFINITIONS("dl"),
    STRUCTURED("");

    private final String container;

    Style(String container) {
      this.container = container;
    }
  }

  private final Style style;
  private final StringBuilder html = new StringBuilder();
  private String open = "";

  HtmlBody(Style style) {
    this.style = style;
  }

  @Override
  public void heading(int level, String text) {
    within("");
    int shown = Math.min(level, 2);
    html.append("<h%d>%s</h%d>\n".formatted(shown, escape(text), shown));
  }

  @Override
  public void paragraph(String text) {
    within("");
    html.append("<p>").append(escape(text)).append("</p>\n");
  }

  @Override
  public void bullet(String text) {
    within("ul");
    html.append("<li>").append(escape(text)).append("</li>\n");
  }

  @Override
  public void pair(String question, String answer) {
    within(style.container);
    String pattern =
        switch (style) {
          case HEADINGS, STRUCTURED -> "<h3>%s</h3>\n<p>%s</p>\n";
          case DETAILS -> "<details>\n<summary>%s</summary>\n<p>%s</p>\n</details>\n";
          case DEFINITIONS -> "<dt>%s</dt>\n<dd>%s</dd>\n";
        };
    html.append(pattern.formatted(escape(question), escape(answer)));
  }

  /** The printed elements, with every container closed. */
  String finish() {
    within("");
    return html.toString();
  }

  private void within(String container) {
    if (!open.equals(container)) {
      html.append(open.isEmpty() ? "" : "</" + open + ">\n");
      html.append(container.isEmpty() ? "" : "<" + container + ">\n");
      open = container;
    }
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
