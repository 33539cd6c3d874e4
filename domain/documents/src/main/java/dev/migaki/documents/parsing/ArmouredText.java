package dev.migaki.documents.parsing;

import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys and certificates in ASCII armour (RFC 7468, RFC 9580) and PuTTY's private keys: whatever a
 * format makes of their lines, they become one block. The rules that look for secrets see one block
 * at a time; a key in pieces is a key that nobody finds.
 */
final class ArmouredText {

  /** Begins a key (group 1) or ends it (group 2). */
  private static final Pattern MARKERS =
      Pattern.compile(
          "(-{5}BEGIN [A-Z0-9 ]+-{5}|PuTTY-User-Key-File-\\d: \\S+)"
              + "|(-{5}END [A-Z0-9 ]+-{5}|Private-(?:MAC|Hash): ?[0-9a-fA-F]{32,64})");

  private static final Pattern CONTENT =
      Pattern.compile("^(?:[A-Za-z0-9+/=\\s]+|[A-Za-z][A-Za-z-]{0,30}: .*)$");

  private ArmouredText() {}

  /** Whether a line begins or ends a key; such a line is no heading and no rule. */
  static boolean isMarker(String line) {
    return MARKERS.matcher(line).matches();
  }

  /** Joins the blocks of each key into one. */
  static List<Block> join(List<Block> blocks) {
    List<Block> result = new ArrayList<>(blocks.size());
    int i = 0;
    while (i < blocks.size()) {
      int end = isOpen(blocks.get(i)) ? endAfter(blocks, i) : i + 1;
      if (end == i + 1) {
        result.add(whole(blocks.get(i)));
      } else {
        StringBuilder text = new StringBuilder(blocks.get(i).text());
        blocks.subList(i + 1, end).forEach(part -> text.append('\n').append(part.text()));
        result.add(whole(new Block.Paragraph(text.toString(), blocks.get(i).page())));
      }
      i = end;
    }
    return result;
  }

  /** A key that begins in this block and does not end in it. */
  private static boolean isOpen(Block block) {
    if (!isText(block)) {
      return false;
    }
    boolean open = false;
    Matcher marker = MARKERS.matcher(block.text());
    while (marker.find()) {
      open = marker.start(1) >= 0;
    }
    return open;
  }

  /** Index after the last block of the key; one whose end was cut off ends with its last line. */
  private static int endAfter(List<Block> blocks, int start) {
    int end = start + 1;
    while (end < blocks.size() && isText(blocks.get(end))) {
      String text = blocks.get(end).text();
      Matcher marker = MARKERS.matcher(text);
      boolean closes = marker.find() && marker.start(2) >= 0;
      String content = closes ? text.substring(0, marker.start()).strip() : text;
      if (!content.isEmpty() && !content.lines().allMatch(ArmouredText::isContent)) {
        break;
      }
      end++;
      if (closes) {
        break;
      }
    }
    return end;
  }

  /** A word or two are text; the shortest line of a key is the checksum that ends it. */
  private static boolean isContent(String line) {
    boolean content = CONTENT.matcher(line).matches();
    boolean words = line.strip().indexOf(' ') > 0 && !line.matches("[A-Za-z-]+: .*");
    return content && (!words || line.matches(".*\\S{40,}.*"));
  }

  /** A paragraph that is nothing but a key is set as code. */
  private static Block whole(Block block) {
    if (!(block instanceof Block.Paragraph)) {
      return block;
    }
    String text = block.text();
    List<MatchResult> markers = MARKERS.matcher(text).results().toList();
    boolean key =
        markers.size() == 2
            && markers.get(0).start(1) == 0
            && markers.get(1).start(2) >= 0
            && markers.get(1).end() == text.length();
    return key ? new Block.Code(text, block.page()) : block;
  }

  private static boolean isText(Block block) {
    return block instanceof Block.Paragraph
        || block instanceof Block.ListItem
        || block instanceof Block.Heading
        || block instanceof Block.Code;
  }
}
