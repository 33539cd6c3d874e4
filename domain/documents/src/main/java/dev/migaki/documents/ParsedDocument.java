package dev.migaki.documents;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A document as blocks of text in reading order, free of its file format.
 *
 * @param mediaType the detected type, without parameters, such as {@code application/pdf}
 * @param charset IANA name of the encoding that was read, null for binary formats
 * @param language BCP 47 tag that the sender or the document declared, null if none did
 * @param title the document's own title, null if it has none
 */
public record ParsedDocument(
    String mediaType,
    @Nullable String charset,
    @Nullable String language,
    @Nullable String title,
    List<Block> blocks) {

  /** What separates two blocks in {@link #text()}. */
  public static final String BLOCK_SEPARATOR = "\n\n";

  public ParsedDocument {
    requireNonNull(mediaType, "mediaType");
    blocks = List.copyOf(blocks);
  }

  /** The whole text: the blocks' texts joined by blank lines. */
  public String text() {
    return blocks.stream().map(Block::text).collect(Collectors.joining(BLOCK_SEPARATOR));
  }

  /** The same document with every piece of text, the title included, replaced. */
  public ParsedDocument mapText(UnaryOperator<String> mapping) {
    return new ParsedDocument(
        mediaType,
        charset,
        language,
        title == null ? null : mapping.apply(title),
        blocks.stream().map(block -> block.mapText(mapping)).toList());
  }

  /** The blocks with their places in {@link #text()}, in order. */
  public List<Located> located() {
    List<Located> located = new ArrayList<>(blocks.size());
    int start = 0;
    for (int index = 0; index < blocks.size(); index++) {
      Block block = blocks.get(index);
      String text = block.text();
      int end = start + text.codePointCount(0, text.length());
      located.add(new Located(index, block, start, end));
      start = end + BLOCK_SEPARATOR.length();
    }
    return List.copyOf(located);
  }

  /** Shape only: the text may hold personal data. */
  @Override
  public String toString() {
    return "ParsedDocument[mediaType=%s, charset=%s, language=%s, blocks=%d]"
        .formatted(mediaType, charset, language, blocks.size());
  }
}
