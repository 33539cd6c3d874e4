package dev.migaki.datasets.extraction;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.Rejection;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.TextLanguage;
import dev.migaki.datasets.quality.ExampleQuality;
import dev.migaki.datasets.quality.QualityLimits;
import dev.migaki.documents.ParsedDocument;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the questions and answers out of a parsed, cleansed document. The surest rule goes first
 * and takes its blocks: what a format declares, then labels, question headings, tables,
 * conversations, and last the headings of manuals.
 *
 * <p>Pure: same document, same examples in the same order with the same ids.
 */
public final class QuestionAnswerExtractor {
  private final List<ExtractionRule> rules =
      List.of(
          new ChatLines(),
          new DeclaredPairs(),
          new Conversations(),
          new TablePairs(),
          new LabelledPairs(),
          new FaqHeadings(),
          new HeadingTemplates());
  private final ExampleQuality quality;

  public QuestionAnswerExtractor(QualityLimits limits) {
    this.quality = new ExampleQuality(limits);
  }

  /** The examples of a document that pass the checks, and what did not and why. */
  public Extraction extract(DocumentOrigin origin, ParsedDocument document) {
    DocumentView view = new DocumentView(document, origin.language());
    List<Candidate> candidates = new ArrayList<>();
    for (ExtractionRule rule : rules) {
      candidates.addAll(rule.apply(view));
    }
    candidates.sort(Comparator.comparingInt(Candidate::firstBlock));

    List<Example> examples = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    BitSet used = new BitSet();
    for (Candidate candidate : candidates) {
      Source source = source(origin, view, candidate);
      Optional<RejectReason> noPair =
          quality.checkPair(candidate.messages(), candidate.nonPreferred());
      @Nullable String nonPreferred = noPair.isPresent() ? null : candidate.nonPreferred();
      Optional<Example> example = example(origin, candidate, nonPreferred, source);
      Optional<RejectReason> problem =
          example.isPresent()
              ? quality.check(example.get())
              : Optional.ofNullable(candidate.problem());
      if (problem.isEmpty() && example.isPresent() && !ids.add(example.get().id())) {
        problem = Optional.of(RejectReason.EXACT_DUPLICATE);
      }
      if (problem.isPresent()) {
        rejections.add(new Rejection(problem.get(), source, candidate.extractor()));
      } else {
        noPair.ifPresent(
            reason -> rejections.add(new Rejection(reason, source, candidate.extractor())));
        example.ifPresent(examples::add);
        used.set(candidate.firstBlock(), candidate.lastBlock() + 1);
      }
    }
    return new Extraction(examples, rejections, UnusedText.of(view, used));
  }

  private static Optional<Example> example(
      DocumentOrigin origin, Candidate candidate, @Nullable String nonPreferred, Source source) {
    if (candidate.problem() != null) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    candidate.messages().forEach(message -> text.append(message.content()).append('\n'));
    String language = TextLanguage.of(text.toString(), origin.language());
    return Optional.of(
        Example.original(
            language, candidate.messages(), nonPreferred, source, candidate.extractor()));
  }

  private static Source source(DocumentOrigin origin, DocumentView view, Candidate candidate) {
    int start = view.located(candidate.firstBlock()).start();
    int end = view.located(candidate.lastBlock()).end();
    int page = view.block(candidate.firstBlock()).page();
    return origin.at(page, start, end, view.headingPath(candidate.firstBlock()));
  }
}
