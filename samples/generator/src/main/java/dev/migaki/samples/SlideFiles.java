package dev.migaki.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.poi.xslf.usermodel.SlideLayout;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xslf.usermodel.XSLFSlideLayout;
import org.apache.poi.xslf.usermodel.XSLFTextShape;

/** Slide decks: a heading or a question is a slide's title, what follows is its text. */
final class SlideFiles {
  private SlideFiles() {}

  static byte[] write(DocumentScript script, List<Block> blocks) throws IOException {
    try (XMLSlideShow show = new XMLSlideShow();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      OfficeProperties.fix(show.getProperties(), script);
      Printer printer = new Printer(show);
      blocks.forEach(block -> block.printTo(printer));
      show.write(bytes);
      return StableZip.repack(bytes.toByteArray());
    }
  }

  private static final class Printer implements BlockPrinter {
    private final XMLSlideShow show;
    private final XSLFSlideLayout layout;
    private boolean hasText;

    Printer(XMLSlideShow show) {
      this.show = show;
      this.layout = show.getSlideMasters().get(0).getLayout(SlideLayout.TITLE_AND_CONTENT);
    }

    @Override
    public void heading(int level, String text) {
      XSLFSlide slide = show.createSlide(layout);
      slide.getPlaceholder(0).setText(text);
      slide.getPlaceholder(1).clearText();
      hasText = false;
    }

    @Override
    public void paragraph(String text) {
      List<XSLFSlide> slides = show.getSlides();
      XSLFTextShape body = slides.get(slides.size() - 1).getPlaceholder(1);
      if (hasText) {
        body.addNewTextParagraph().addNewTextRun().setText(text);
      } else {
        body.setText(text);
      }
      hasText = true;
    }

    @Override
    public void bullet(String text) {
      paragraph(text);
    }

    @Override
    public void pair(String question, String answer) {
      heading(2, question);
      paragraph(answer);
    }
  }
}
