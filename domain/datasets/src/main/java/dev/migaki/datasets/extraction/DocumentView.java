package dev.migaki.datasets.extraction;

import dev.migaki.documents.Block;
import dev.migaki.documents.Located;
import dev.migaki.documents.ParsedDocument;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document as the rules see it: blocks with their headings, and which of them an earlier, surer
 * rule has used already, so that no passage gives the same pair twice.
 */
final class DocumentView {
  private final List<Located> blocks;
  private final List<List<String>> headingPaths;
  private final BitSet taken = new BitSet();
  private final @Nullable String title;
  private final String mediaType;
  private final String language;

  DocumentView(ParsedDocument document, String language) {
    this.blocks = document.located();
    this.title = document.title();
    this.mediaType = document.mediaType();
    this.language = language;
    this.headingPaths = headingPaths(document.blocks());
  }

  int size() {
    return blocks.size();
  }

  Block block(int index) {
    return blocks.get(index).block();
  }

  Located located(int index) {
    return blocks.get(index);
  }

  /** The headings above a block, outermost first, without the block itself. */
  List<String> headingPath(int index) {
    return headingPaths.get(index);
  }

  @Nullable String title() {
    return title;
  }

  String mediaType() {
    return mediaType;
  }

  String language() {
    return language;
  }

  boolean isTaken(int index) {
    return taken.get(index);
  }

  boolean isAnyTaken(int first, int end) {
    int next = taken.nextSetBit(first);
    return next >= 0 && next < end;
  }

  void take(int first, int last) {
    taken.set(first, last + 1);
  }

  /** Index after the last block of the section that a heading opens. */
  int sectionEnd(int heading) {
    int level = ((Block.Heading) block(heading)).level();
    int end = heading + 1;
    while (end < size() && !(block(end) instanceof Block.Heading next && next.level() <= level)) {
      end++;
    }
    return end;
  }

  /** Index after the last block before the next heading of any level. */
  int bodyEnd(int heading) {
    int end = heading + 1;
    while (end < size() && !(block(end) instanceof Block.Heading)) {
      end++;
    }
    return end;
  }

  private static List<List<String>> headingPaths(List<Block> blocks) {
    List<List<String>> paths = new ArrayList<>(blocks.size());
    List<Block.Heading> open = new ArrayList<>();
    for (Block block : blocks) {
      if (block instanceof Block.Heading heading) {
        open.removeIf(above -> above.level() >= heading.level());
      }
      paths.add(open.stream().map(Block.Heading::text).toList());
      if (block instanceof Block.Heading heading) {
        open.add(heading);
      }
    }
    return paths;
  }
}
