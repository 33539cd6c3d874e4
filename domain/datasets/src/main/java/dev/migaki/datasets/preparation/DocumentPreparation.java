package dev.migaki.datasets.preparation;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.cleansing.CleanDocument;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.extraction.DocumentOrigin;
import dev.migaki.datasets.extraction.Extraction;
import dev.migaki.datasets.extraction.QuestionAnswerExtractor;
import dev.migaki.datasets.quality.QualityLimits;
import dev.migaki.datasets.teacher.Lesson;
import dev.migaki.datasets.teacher.Teacher;
import dev.migaki.documents.ParsedDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One document: private data out, questions and answers found, each checked, and scanned once more.
 *
 * <p>Immutable and thread-safe.
 */
public final class DocumentPreparation {
  private final DocumentCleanser cleanser;
  private final QuestionAnswerExtractor extractor;
  private final Teacher teacher;

  /** A preparation without a teacher. */
  public DocumentPreparation(DocumentCleanser cleanser, QualityLimits limits) {
    this(cleanser, limits, Teacher.none());
  }

  /**
   * @param teacher of what the document does not say as question and answer
   */
  public DocumentPreparation(DocumentCleanser cleanser, QualityLimits limits, Teacher teacher) {
    this.cleanser = requireNonNull(cleanser, "cleanser");
    this.extractor = new QuestionAnswerExtractor(limits);
    this.teacher = requireNonNull(teacher, "teacher");
  }

  /**
   * Prepares a document.
   *
   * @param id of the document, in every example's source
   * @param version of the document, from 1
   * @param filename as it came; the examples name it without private data
   */
  public PreparedDocument prepare(
      String id, int version, String filename, ParsedDocument document) {
    CleanDocument clean = cleanser.cleanse(document, filename);
    DocumentOrigin origin = new DocumentOrigin(id, version, clean.filename(), clean.language());
    Extraction extraction = extractor.extract(origin, clean.document());
    Map<String, Integer> rejects = extraction.rejects();
    List<Example> examples = new ArrayList<>();
    for (Example example : extraction.examples()) {
      if (cleanser.hasResidue(example, clean)) {
        rejects.merge(RejectReason.RESIDUE.label(), 1, Integer::sum);
      } else {
        examples.add(example);
      }
    }
    Lesson lesson = teacher.teach(origin, extraction.unused());
    examples.addAll(lesson.examples());
    lesson.rejects().forEach((reason, count) -> rejects.merge(reason, count, Integer::sum));
    return new PreparedDocument(clean, examples, rejects, lesson);
  }
}
