package dev.migaki.documents.parsing;

import dev.migaki.documents.ParsedDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plain text: conversations and Q:/A: lists are recognised, the rest is read as headings, lists and
 * paragraphs by the conventions that people use when they have no styles.
 */
final class PlainTextReader implements FormatReader {

  private static final Pattern HASH_HEADING = Pattern.compile("^(#{1,6})\\s+(\\S.*)$");
  private static final Pattern SIGN_HEADING = Pattern.compile("^[■◆●▼★◎□◇▲][\\s　]*(\\S.{0,60})$");
  private static final Pattern BRACKET_HEADING = Pattern.compile("^[【《〔＜\\[](.{1,40})[】》〕＞\\]]$");
  private static final Pattern RULED_HEADING =
      Pattern.compile("^[-=*_~─━＝]{2,}\\s*([^-=*_~─━＝].{0,60}?)\\s*[-=*_~─━＝]{2,}$");
  private static final Pattern SENTENCE_END = Pattern.compile(".*[。．.!！:：;,、]$");
  private static final Pattern NUMBER_HEADING =
      Pattern.compile(
          "^(?:第[0-9０-９一二三四五六七八九十]+[章節条編部].{0,40}" + "|(?:\\d+\\.)+\\d*[\\s　]+\\S.{0,60})$");

  /** Numbers of chapters and articles that cannot be the start of a sentence. */
  private static final Pattern CHAPTER =
      Pattern.compile("^第[0-9０-９一二三四五六七八九十百]+[章節編部](?:[\\s　:：].{1,40})?$");

  private static final Pattern ARTICLE =
      Pattern.compile(
          "^第[0-9０-９一二三四五六七八九十百]+条(?:の[0-9０-９一二三四五六七八九十]+)?" + "[\\s　]*(?:[(（][^)）]{1,40}[)）])?$");

  private static final Pattern CLAUSE_END = Pattern.compile(".*[。．.、,]");

  /** "3.5 kg" at the start of a line is a measure, "2.1 The Company" a clause. */
  private static final Pattern MEASURE = Pattern.compile("^\\d+(?:\\.\\d+)+[\\s　]+\\p{Ll}.*$");

  private static final Pattern CLAUSE =
      Pattern.compile("^\\d{1,3}(?:\\.\\d{1,3})+[\\s　]+[^\\s\\p{Ll}\\p{N}].*$");
  private static final Pattern UNDERLINE =
      Pattern.compile("^(?:={3,}|-{3,}|~{3,}|─{3,}|━{3,}|＝{3,}|―{3,})$");
  private static final Pattern RULE = Pattern.compile("^[-=*_~─━＝―・☆★+#]{3,}$");
  private static final Pattern ITEM =
      Pattern.compile(
          "^(\\s*)(?:[-*+–]\\s+|[・•‣◦●○▪]\\s*|(\\d{1,3}[.)．）](?![0-9０-９])|[(（]\\d{1,3}[)）]|[①-⑳])\\s*)(\\S.*)$");
  private static final int WRAP_WIDTH = 56;

  @Override
  public ParsedDocument read(Source source, Blocks blocks) {
    TextDecoder.Decoded decoded = TextDecoder.decode(source.bytes(), source.hints().charset());
    boolean rst = source.hints().extension().matches("rst|rest");
    append(rst ? RstMarkup.plain(decoded.text()) : decoded.text(), blocks);
    return new ParsedDocument(
        source.type().mediaType(), decoded.charset(), null, null, blocks.list());
  }

  /** Appends the blocks of a text. */
  static void append(String text, Blocks blocks) {
    List<String> lines = TextLines.split(text);
    if (QuestionText.append(lines, blocks) || ConversationText.append(lines, blocks)) {
      return;
    }
    appendStructure(lines, blocks);
  }

  /** Appends lines as headings, items and paragraphs, looking for nothing else. */
  static void appendStructure(List<String> lines, Blocks blocks) {
    List<String> open = new ArrayList<>();
    int first = addTitle(lines, blocks);
    for (int i = first; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      String bare = line.strip();
      boolean underlined =
          i + 1 < lines.size()
              && open.isEmpty()
              && !bare.isEmpty()
              && bare.length() <= 60
              && UNDERLINE.matcher(lines.get(i + 1).strip()).matches();
      if (underlined) {
        blocks.heading(lines.get(i + 1).strip().startsWith("=") ? 1 : 2, bare);
        i++;
      } else if (bare.isEmpty() || RULE.matcher(bare).matches()) {
        endParagraph(open, blocks);
      } else if (!addHeading(bare, open.isEmpty(), isAlone(lines, i), blocks, open)
          && !addItem(line, blocks, open)) {
        open.add(bare);
      }
    }
    endParagraph(open, blocks);
  }

  /** A short first line, alone, that is no sentence names the text; returns the next line. */
  private static int addTitle(List<String> lines, Blocks blocks) {
    int first = 0;
    while (first < lines.size() && lines.get(first).isBlank()) {
      first++;
    }
    if (blocks.size() > 0 || first + 2 >= lines.size() || !lines.get(first + 1).isBlank()) {
      return 0;
    }
    String line = lines.get(first).strip();
    boolean title =
        TextLines.displayWidth(line) <= 60
            && Character.isLetterOrDigit(line.codePointAt(0))
            && !SENTENCE_END.matcher(line).matches()
            && !ITEM.matcher(line).matches();
    if (!title) {
      return 0;
    }
    blocks.heading(1, line);
    return first + 2;
  }

  private static boolean isAlone(List<String> lines, int index) {
    return index + 1 >= lines.size() || lines.get(index + 1).isBlank();
  }

  private static boolean addHeading(
      String line, boolean first, boolean alone, Blocks blocks, List<String> open) {
    int level = 0;
    String text = line;
    Matcher hash = HASH_HEADING.matcher(line);
    Matcher sign = SIGN_HEADING.matcher(line);
    Matcher bracket = BRACKET_HEADING.matcher(line);
    Matcher ruled = RULED_HEADING.matcher(line);
    if (hash.matches()) {
      level = hash.group(1).length();
      text = hash.group(2);
    } else if (sign.matches() && !line.endsWith("。")) {
      level = 2;
      text = sign.group(1);
    } else if (bracket.matches()) {
      level = 2;
      text = bracket.group(1);
    } else if (ruled.matches() && !ArmouredText.isMarker(line)) {
      level = 2;
      text = ruled.group(1);
    } else if (isNumbered(line, first && alone)) {
      level = ARTICLE.matcher(line).matches() ? 3 : 2;
    }
    if (level == 0) {
      return false;
    }
    endParagraph(open, blocks);
    blocks.heading(level, text);
    return true;
  }

  private static boolean isNumbered(String line, boolean apart) {
    if (CLAUSE_END.matcher(line).matches() || MEASURE.matcher(line).matches()) {
      return false;
    }
    return CHAPTER.matcher(line).matches()
        || ARTICLE.matcher(line).matches()
        || apart && NUMBER_HEADING.matcher(line).matches();
  }

  private static boolean addItem(String line, Blocks blocks, List<String> open) {
    Matcher item = ITEM.matcher(line);
    if (!item.matches()) {
      return addClause(line.strip(), blocks, open);
    }
    endParagraph(open, blocks);
    String number = item.group(2) == null ? "" : item.group(2) + " ";
    blocks.listItem(number + item.group(3), TextLines.displayWidth(item.group(1)) / 2);
    return true;
  }

  /** "2.1 The Company …" is an item of its own where no sentence goes on over the line end. */
  private static boolean addClause(String line, Blocks blocks, List<String> open) {
    boolean goesOn = !open.isEmpty() && !SENTENCE_END.matcher(open.get(open.size() - 1)).matches();
    if (goesOn || !CLAUSE.matcher(line).matches()) {
      return false;
    }
    endParagraph(open, blocks);
    blocks.listItem(line, 0);
    return true;
  }

  private static void endParagraph(List<String> open, Blocks blocks) {
    if (!open.isEmpty()) {
      blocks.paragraph(unwrap(open));
      open.clear();
    }
  }

  /** Joins lines that were wrapped at a width; keeps line breaks that the author set. */
  static String unwrap(List<String> lines) {
    boolean wrapped = lines.size() > 1;
    for (int i = 0; i < lines.size() - 1; i++) {
      wrapped &= TextLines.displayWidth(lines.get(i)) >= WRAP_WIDTH;
    }
    return wrapped ? TextLines.join(lines) : String.join("\n", lines);
  }
}
