package dev.migaki.datasets.teacher;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.TokenCounter;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.extraction.DocumentOrigin;
import dev.migaki.datasets.extraction.Passage;
import dev.migaki.datasets.quality.ExampleQuality;
import dev.migaki.datasets.quality.QualityLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Asks a model for pairs, passage by passage, and keeps those that the passage proves.
 *
 * <p>What is sent is scanned once more before it leaves. Each pair that is dropped, and each
 * passage that gave none for a reason, is counted under that reason.
 */
public final class PassageTeacher implements Teacher {
  private static final TokenCounter ESTIMATE = TokenCounter.estimate();

  private final TeacherSettings settings;
  private final ChatModel model;
  private final DocumentCleanser cleanser;
  private final QualityLimits limits;
  private final ExampleQuality quality;

  public PassageTeacher(
      TeacherSettings settings, ChatModel model, DocumentCleanser cleanser, QualityLimits limits) {
    this.settings = requireNonNull(settings, "settings");
    this.model = requireNonNull(model, "model");
    this.cleanser = requireNonNull(cleanser, "cleanser");
    this.limits = requireNonNull(limits, "limits");
    this.quality = new ExampleQuality(limits);
  }

  /** The {@link Lesson#key()} that a lesson would have. */
  public String key(DocumentOrigin origin, List<Passage> passages) {
    ContentHash hash = settings.identify(ContentHash.of("lesson").add(TeacherWords.VERSION));
    hash.add(limits.toString()).add(origin.documentId()).add(origin.language());
    for (Passage passage : passages) {
      hash.add(TeacherWords.passage(passage));
      for (Passage.Piece piece : passage.pieces()) {
        hash.add(piece.page() + "/" + piece.start()).add(piece.text());
      }
    }
    return hash.hex();
  }

  @Override
  public Lesson teach(DocumentOrigin origin, List<Passage> passages) {
    Progress progress = new Progress(origin);
    for (Passage passage : passages) {
      progress.visit(passage);
    }
    return new Lesson(
        key(origin, passages),
        progress.examples,
        progress.rejects,
        progress.tokens,
        progress.complete);
  }

  /** One document's lesson while it is given. */
  private final class Progress {
    private final DocumentOrigin origin;
    private final List<Example> examples = new ArrayList<>();
    private final Map<String, Integer> rejects = new TreeMap<>();
    private final Set<String> ids = new HashSet<>();
    private int asked;
    private int tokens;
    private boolean complete = true;
    private Optional<RejectReason> lasting = Optional.empty();

    private Progress(DocumentOrigin origin) {
      this.origin = origin;
    }

    private void visit(Passage passage) {
      if (lasting.isPresent()) {
        reject(lasting.get());
        return;
      }
      String text = TeacherWords.passage(passage);
      String instructions = TeacherWords.instructions(settings.pairsPerPassage());
      int most = ESTIMATE.count(text) + ESTIMATE.count(instructions) + settings.maxAnswerTokens();
      if (asked == settings.maxPassagesPerDocument()
          || tokens + most > settings.maxTokensPerDocument()) {
        reject(RejectReason.TEACHER_LIMIT);
        return;
      }
      if (cleanser.hasResidue(text)) {
        reject(RejectReason.RESIDUE);
        return;
      }
      asked++;
      ChatModel.Reply reply =
          model.complete(settings, instructions, text, settings.maxAnswerTokens());
      if (reply instanceof ChatModel.Reply.Failure failure) {
        reject(failure.reason());
        tokens += failure.tokens();
        complete = false;
        lasting = failure.isLasting() ? Optional.of(failure.reason()) : Optional.empty();
      } else if (reply instanceof ChatModel.Reply.Answer answer) {
        tokens +=
            answer.tokens() > 0
                ? answer.tokens()
                : ESTIMATE.count(text)
                    + ESTIMATE.count(instructions)
                    + ESTIMATE.count(answer.text());
        read(passage, answer.text());
      }
    }

    private void read(Passage passage, String answer) {
      Optional<List<ProposedPair>> pairs = TeacherWords.pairs(answer);
      if (pairs.isEmpty()) {
        reject(RejectReason.TEACHER_UNREADABLE);
        complete = false;
        return;
      }
      EvidenceGuard guard = new EvidenceGuard(passage, origin.language());
      List<ProposedPair> proposed = pairs.get();
      for (int i = 0; i < proposed.size(); i++) {
        if (i < settings.pairsPerPassage()) {
          keepIfProven(passage, proposed.get(i), guard);
        } else {
          reject(RejectReason.TEACHER_LIMIT);
        }
      }
    }

    private void keepIfProven(Passage passage, ProposedPair pair, EvidenceGuard guard) {
      EvidenceGuard.Verdict verdict = guard.check(pair);
      if (verdict.evidence() == null) {
        reject(requireNonNull(verdict.problem(), "problem"));
        return;
      }
      Example example =
          Example.taught(
              guard.language(),
              pair.question(),
              pair.answer(),
              passage.sourceOf(origin, verdict.evidence().from(), verdict.evidence().to()),
              settings.model());
      Optional<RejectReason> problem = quality.check(example);
      if (problem.isEmpty() && cleanser.hasResidue(pair.question() + "\n" + pair.answer())) {
        problem = Optional.of(RejectReason.RESIDUE);
      }
      if (problem.isEmpty() && !ids.add(example.id())) {
        problem = Optional.of(RejectReason.EXACT_DUPLICATE);
      }
      problem.ifPresentOrElse(this::reject, () -> examples.add(example));
    }

    private void reject(RejectReason reason) {
      rejects.merge(reason.label(), 1, Integer::sum);
    }
  }
}
