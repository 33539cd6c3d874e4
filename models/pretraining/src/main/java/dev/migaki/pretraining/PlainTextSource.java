package dev.migaki.pretraining;

import dev.migaki.pretraining.CorpusLine.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Running text cut at paragraphs into pieces of at most {@link #PIECE} characters. */
final class PlainTextSource implements CorpusSource {
  static final int PIECE = 700;
  private final String name;
  private final List<String> texts;

  PlainTextSource(String name, List<String> texts) {
    this.name = name;
    this.texts = List.copyOf(texts);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<CorpusLine> lines(int characters, Random random) {
    List<String> shuffled = new ArrayList<>(texts);
    Collections.shuffle(shuffled, random);
    List<CorpusLine> lines = new ArrayList<>();
    int made = 0;
    for (String text : shuffled) {
      StringBuilder piece = new StringBuilder();
      for (String paragraph : text.split("\n")) {
        String clean = Texts.clean(paragraph);
        if (clean.isEmpty() || clean.length() > PIECE) {
          continue;
        }
        if (piece.length() + clean.length() > PIECE) {
          made += add(piece, lines);
        }
        piece.append(piece.isEmpty() ? "" : "\n").append(clean);
      }
      made += add(piece, lines);
      if (made >= characters) {
        return lines;
      }
    }
    return lines;
  }

  private static int add(StringBuilder piece, List<CorpusLine> lines) {
    int length = piece.length();
    if (length >= 30) {
      lines.add(new Text(piece.toString()));
    }
    piece.setLength(0);
    return length;
  }
}
