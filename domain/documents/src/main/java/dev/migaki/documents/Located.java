package dev.migaki.documents;

import static java.util.Objects.requireNonNull;

/**
 * A block and its place in {@link ParsedDocument#text()}, so that an example can cite its source.
 *
 * @param index position in {@link ParsedDocument#blocks()}, from 0
 * @param start first code point of the block's text
 * @param end code point after the last
 */
public record Located(int index, Block block, int start, int end) {
  public Located {
    requireNonNull(block, "block");
  }
}
