package dev.migaki.samples;

/** What a format does with each kind of block; one method per kind, so that none is forgotten. */
interface BlockPrinter {

  void heading(int level, String text);

  void paragraph(String text);

  void bullet(String text);

  void pair(String question, String answer);
}
