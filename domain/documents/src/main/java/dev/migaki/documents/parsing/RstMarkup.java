package dev.migaki.documents.parsing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * reStructuredText as the plain text that its readers see: without comments, targets, directives
 * and roles; code and notes stay. Headings are underlined there as in plain text.
 */
final class RstMarkup {

  private static final Pattern EXPLICIT = Pattern.compile("^(\\s*)\\.\\.(?:\\s+(.*))?$");
  private static final Pattern DIRECTIVE =
      Pattern.compile("^(?:\\|[^|]{1,60}\\|\\s+)?([a-zA-Z][\\w:+.-]{0,40})::(?:\\s+(.*))?$");
  private static final Pattern FOOTNOTE = Pattern.compile("^\\[([#*\\w-]{1,40})\\]\\s+(.*)$");

  /** Under a heading of a lower level; the other signs underline in plain text too. */
  private static final Pattern RULE =
      Pattern.compile("(?:\\^{3,}|\"{3,}|'{3,}|\\+{3,}|\\*{3,}|#{3,}|`{3,}|:{3,}|\\.{4,})");

  private static final Pattern OPTION = Pattern.compile("^\\s*:[\\w -]{1,40}:(?:\\s.*)?$");

  /** Directives whose content is text for readers; the argument of the first ones too. */
  private static final Set<String> NOTES =
      Set.of(
          "note",
          "warning",
          "tip",
          "hint",
          "important",
          "caution",
          "attention",
          "danger",
          "error",
          "seealso",
          "admonition",
          "topic",
          "versionadded",
          "versionchanged",
          "deprecated");

  private static final Set<String> TEXTS =
      Set.of(
          "code-block",
          "code",
          "sourcecode",
          "parsed-literal",
          "epigraph",
          "container",
          "rubric",
          "glossary",
          "tabs",
          "tab",
          "group-tab",
          "list-table",
          "csv-table",
          "table",
          "only",
          "centered",
          "prompt",
          "console");

  private static final Pattern ROLE =
      Pattern.compile(
          "(?<![\\w`]):[a-zA-Z][\\w:.+-]{0,40}:`~?([^`<\\n]{0,300}?)(?:\\s*<([^`>\\n]{1,300})>)?`");
  private static final Pattern LINK =
      Pattern.compile("`([^`<\\n]{1,300}?)\\s*<[^`>\\n]{1,400}>`__?");
  private static final Pattern REFERENCE = Pattern.compile("`([^`\\n]{1,300})`__?(?!\\w)");
  private static final Pattern LITERAL = Pattern.compile("``([^\\n]{1,300}?)``");
  private static final Pattern STRONG =
      Pattern.compile(
          "(?<![\\w*])\\*{1,2}(?=[^\\s*])([^*\\n]{1,300}?)(?<=[^\\s*])\\*{1,2}(?![\\w*])");

  private RstMarkup() {}

  static String plain(String text) {
    List<String> lines = TextLines.split(text);
    List<String> plain = new ArrayList<>(lines.size());
    int i = 0;
    while (i < lines.size()) {
      Matcher explicit = EXPLICIT.matcher(lines.get(i));
      if (!explicit.matches()) {
        boolean ruled =
            i > 0 && !lines.get(i - 1).isBlank() && RULE.matcher(lines.get(i)).matches();
        plain.add(ruled ? "-".repeat(lines.get(i).length()) : inline(lines.get(i)));
        i++;
        continue;
      }
      int end = blockEnd(lines, i, explicit.group(1).length());
      String head = explicit.group(2) == null ? "" : explicit.group(2).strip();
      plain.addAll(shown(head, lines.subList(i + 1, end)));
      i = end;
    }
    return String.join("\n", plain);
  }

  /** Index after the lines that belong to a mark at this depth: indented deeper, or blank. */
  private static int blockEnd(List<String> lines, int start, int depth) {
    int end = start + 1;
    int last = end;
    while (end < lines.size() && (lines.get(end).isBlank() || indent(lines.get(end)) > depth)) {
      end++;
      last = lines.get(end - 1).isBlank() ? last : end;
    }
    return last;
  }

  private static List<String> shown(String head, List<String> body) {
    Matcher directive = DIRECTIVE.matcher(head);
    Matcher footnote = FOOTNOTE.matcher(head);
    List<String> shown = new ArrayList<>();
    shown.add("");
    if (footnote.matches()) {
      shown.add(inline(footnote.group(2)));
      body.forEach(line -> shown.add(inline(line.strip())));
    } else if (directive.matches()) {
      String name = directive.group(1);
      boolean note = NOTES.contains(name);
      if (note && directive.group(2) != null) {
        shown.add(inline(directive.group(2)));
      }
      if (note || TEXTS.contains(name)) {
        body.stream()
            .filter(line -> !OPTION.matcher(line).matches())
            .forEach(line -> shown.add(note ? inline(line.strip()) : line.strip()));
      }
    }
    shown.add("");
    return shown;
  }

  private static String inline(String line) {
    if (line.indexOf('`') < 0 && line.indexOf('*') < 0 && !line.endsWith("::")) {
      return line;
    }
    String plain = ROLE.matcher(line).replaceAll(RstMarkup::named);
    plain = LITERAL.matcher(plain).replaceAll("$1");
    plain = LINK.matcher(plain).replaceAll("$1");
    plain = REFERENCE.matcher(plain).replaceAll("$1");
    plain = STRONG.matcher(plain).replaceAll("$1");
    return plain.endsWith("::") ? plain.substring(0, plain.length() - 1) : plain;
  }

  private static String named(MatchResult role) {
    String text = role.group(1).isBlank() && role.group(2) != null ? role.group(2) : role.group(1);
    return Matcher.quoteReplacement(text);
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && (line.charAt(indent) == ' ' || line.charAt(indent) == '\t')) {
      indent++;
    }
    return indent;
  }
}
