package dev.migaki.documents.parsing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What site generators add to Markdown: template tags, attribute lists and boxes for notes. Tags
 * go, boxes become plain paragraphs; code stays as it is.
 */
final class MarkdownDialects {

  /** A tag of Liquid, Nunjucks or Jinja, and variables of the page or site. */
  static final Pattern TEMPLATE_TAG =
      Pattern.compile(
          "\\{%[^%{}]{1,400}%\\}|\\{\\{-?\\s*(?:page|site|include|layout|post|config|params)\\.[^{}]{1,200}\\}\\}");

  private static final Pattern FENCE = Pattern.compile("^\\s{0,3}(`{3,}|~{3,}).*");
  private static final Pattern HIGHLIGHT =
      Pattern.compile("^\\s*\\{%-?\\s*(?:end)?highlight\\b[^%]*%\\}\\s*$");
  private static final Pattern ATTRIBUTES =
      Pattern.compile("\\{:\\s?[#.:a-zA-Z][^{}\\n]{0,200}\\}");
  private static final Pattern BOX =
      Pattern.compile("^(\\s*)(?:!!!|\\?\\?\\?\\+?)\\s+[a-z][\\w -]*(?:\"([^\"]*)\")?\\s*$");
  private static final Pattern COLON_BOX =
      Pattern.compile(
          "^\\s*:{3,}\\s*(?:\\{?[\\w-]+\\}?)?\\s*(?:\\[(.*)\\]|(.*?))\\s*(?:\\{[^}]*\\})?$");
  private static final Pattern ALERT =
      Pattern.compile("^(\\s*(?:>\\s*)+)\\[!(?:[A-Za-z]{3,12})\\]\\s*");
  private static final Pattern CONTENTS = Pattern.compile("(?i)^\\s*\\[?\\[toc\\]\\]?\\s*$");
  private static final Pattern CODE_SPAN = Pattern.compile("`[^`]*`");
  private static final int BOX_INDENT = 4;

  private MarkdownDialects() {}

  static String plain(String markdown) {
    List<String> lines = new ArrayList<>();
    String fence = null;
    int boxIndent = -1;
    for (String line : markdown.split("\n", -1)) {
      Matcher opened = FENCE.matcher(line);
      if (boxIndent >= 0 && !line.isBlank() && indent(line) < boxIndent + BOX_INDENT) {
        boxIndent = -1;
      }
      String inside = boxIndent >= 0 ? dedented(line, boxIndent) : line;
      if (opened.matches()) {
        boolean closes = fence != null && line.strip().startsWith(fence);
        fence = fence == null ? opened.group(1) : closes ? null : fence;
        lines.add(inside);
      } else if (fence != null) {
        lines.add(inside);
      } else {
        Matcher box = BOX.matcher(inside);
        if (box.matches()) {
          boxIndent = box.group(1).length();
          lines.add("");
        } else {
          lines.add(line(inside));
        }
      }
    }
    return String.join("\n", lines);
  }

  private static String line(String line) {
    if (HIGHLIGHT.matcher(line).matches()) {
      return "```";
    }
    if (CONTENTS.matcher(line).matches()) {
      return "";
    }
    if (line.stripLeading().startsWith(":::")) {
      Matcher box = COLON_BOX.matcher(line);
      String title = box.matches() ? box.group(1) == null ? box.group(2) : box.group(1) : "";
      return title.isBlank() ? "" : "\n" + title + "\n";
    }
    String bare = line;
    if (bare.indexOf("[!") > 0) {
      bare = ALERT.matcher(bare).replaceFirst("$1");
    }
    if (bare.indexOf("{:") >= 0) {
      bare = outsideCode(bare, ATTRIBUTES);
    }
    return bare.indexOf("{%") >= 0 || bare.indexOf("{{") >= 0
        ? outsideCode(bare, TEMPLATE_TAG)
        : bare;
  }

  private static String outsideCode(String line, Pattern unwanted) {
    StringBuilder kept = new StringBuilder(line.length());
    Matcher code = CODE_SPAN.matcher(line);
    int start = 0;
    while (code.find()) {
      kept.append(unwanted.matcher(line.substring(start, code.start())).replaceAll(""));
      kept.append(code.group());
      start = code.end();
    }
    return kept.append(unwanted.matcher(line.substring(start)).replaceAll("")).toString();
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
  }

  private static String dedented(String line, int boxIndent) {
    return line.isBlank()
        ? ""
        : line.substring(0, boxIndent) + line.substring(boxIndent + BOX_INDENT);
  }
}
