package dev.migaki.cleanse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.cleanse.domain.Recipes;
import dev.migaki.cleanse.domain.VersionFilesStore;
import dev.migaki.cleanse.persistence.DatasetEntity;
import dev.migaki.cleanse.persistence.DatasetRepository;
import dev.migaki.cleanse.persistence.DocumentEntity;
import dev.migaki.cleanse.persistence.DocumentRepository;
import dev.migaki.cleanse.persistence.FindingRepository;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.cleansing.CleanDocument;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.preparation.DocumentPreparation;
import dev.migaki.datasets.preparation.PreparedDocument;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.EventHandler;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.platform.stage.StageContext;
import dev.migaki.platform.stage.StageOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Stage 2, read me first: load the parsed document, take private data out, find questions and
 * answers, check them, store them, tell. Versions are sealed from what is stored, by {@link
 * dev.migaki.cleanse.messaging.SealingWorker}, when the stream pauses.
 *
 * <p>Of each document only the newest version counts; an erased document leaves a mark and nothing
 * else.
 */
@ApplicationScoped
public class CleanseStage implements EventHandler {
  private static final Logger LOG = Logger.getLogger(CleanseStage.class);
  private static final ErrorCode PARSED_DOCUMENT_UNREADABLE =
      new ErrorCode("PARSED_DOCUMENT_UNREADABLE");

  private final Recipes recipes;
  private final Cleansers cleansers;
  private final Teachers teachers;
  private final ArtifactStore artifacts;
  private final VersionFilesStore files;
  private final DocumentRepository documents;
  private final FindingRepository findings;
  private final DatasetRepository datasets;
  private final SealingSnapshots snapshots;
  private final DocumentErasure erasure;
  private final ObjectMapper mapper;
  private final Clock clock;

  CleanseStage(
      Recipes recipes,
      Cleansers cleansers,
      Teachers teachers,
      ArtifactStore artifacts,
      VersionFilesStore files,
      DocumentRepository documents,
      FindingRepository findings,
      DatasetRepository datasets,
      SealingSnapshots snapshots,
      DocumentErasure erasure,
      ObjectMapper mapper,
      Clock clock) {
    this.recipes = recipes;
    this.cleansers = cleansers;
    this.teachers = teachers;
    this.artifacts = artifacts;
    this.files = files;
    this.documents = documents;
    this.findings = findings;
    this.datasets = datasets;
    this.snapshots = snapshots;
    this.erasure = erasure;
    this.mapper = mapper;
    this.clock = clock;
  }

  @Override
  public StageOutcome handle(Event event, StageContext context) {
    if (event instanceof Event.DocumentIngested) {
      return prepared(event).handle(event, context);
    }
    if (event instanceof Event.DocumentErased erased && erased.receipt() == null) {
      return erase(erased, context);
    }
    return StageOutcome.ignored("not-mine");
  }

  /** Whether documents are known is asked once for all that come together. */
  @Override
  public void expect(List<Event> events) {
    documents.expect(
        events.stream()
            .filter(Event.DocumentIngested.class::isInstance)
            .map(Event.DocumentIngested.class::cast)
            .map(event -> new DocumentEntity.Key(event.dataset(), event.documentId()))
            .toList());
  }

  @Override
  public @Nullable Subject subject(Event event) {
    if (event instanceof Event.DocumentIngested ingested) {
      return new Subject(ingested.documentId(), ingested.documentVersion());
    }
    return event instanceof Event.DocumentErased erased && erased.receipt() == null
        ? Subject.lastOf(erased.documentId())
        : null;
  }

  /** A recipe and its second readers are one dataset's affair; an erasure needs neither. */
  @Override
  public boolean mayWait(Event event) {
    return event instanceof Event.DocumentIngested;
  }

  /** A document is cleansed before the transaction: that needs nothing but the document. */
  @Override
  public EventHandler prepared(Event event) {
    if (!(event instanceof Event.DocumentIngested ingested)) {
      return this;
    }
    if (!artifacts.exists(ingested.parsed())) {
      // erased while this stage was behind; the order to erase follows
      LOG.warnf("parsed document is gone: datasetId=%s", ingested.dataset());
      return (same, context) -> StageOutcome.ignored("gone");
    }
    PreparedDocument document = prepare(ingested);
    return (same, context) -> store(ingested, document, context);
  }

  private PreparedDocument prepare(Event.DocumentIngested event) {
    DatasetRecipe recipe = recipes.of(event.dataset());
    DocumentCleanser cleanser = cleansers.of(recipe);
    return new DocumentPreparation(
            cleanser, recipe.examples().quality(), teachers.of(event.dataset(), recipe, cleanser))
        .prepare(event.documentId(), event.documentVersion(), event.filename(), read(event));
  }

  private StageOutcome store(
      Event.DocumentIngested event, PreparedDocument prepared, StageContext context) {
    Optional<DocumentEntity> known = documents.document(event.dataset(), event.documentId());
    boolean older =
        known.filter(row -> !row.erased && row.version > event.documentVersion()).isPresent();
    if (older) {
      return StageOutcome.ignored("older");
    }
    datasets.noteChange(event.dataset(), context.cause(), clock.instant());
    CleanDocument clean = prepared.clean();
    List<Example> examples = prepared.examples();
    Map<String, Integer> rejects = prepared.rejects();
    ArtifactRef file = files.storeExamples(examples);
    store(event, known, prepared, file);
    return StageOutcome.handled(
        "cleansed",
        new Event.DocumentCleansed(
            event.dataset(),
            event.documentId(),
            event.documentVersion(),
            examples.size(),
            clean.findings(),
            rejects,
            file));
  }

  private ParsedDocument read(Event.DocumentIngested event) {
    try {
      ParsedDocument parsed = ParsedDocumentJson.read(artifacts.read(event.parsed()));
      String language = event.language() == null ? parsed.language() : event.language();
      return new ParsedDocument(
          parsed.mediaType(), parsed.charset(), language, parsed.title(), parsed.blocks());
    } catch (IllegalArgumentException e) {
      throw new PermanentFailure(
          PARSED_DOCUMENT_UNREADABLE, "the parsed document is not in its stored form");
    }
  }

  private void store(
      Event.DocumentIngested event,
      Optional<DocumentEntity> known,
      PreparedDocument prepared,
      ArtifactRef file) {
    CleanDocument clean = prepared.clean();
    Optional<ArtifactRef> previous = known.filter(row -> !row.erased).map(DocumentEntity::file);
    DocumentEntity row = known.orElseGet(DocumentEntity::new);
    row.key = new DocumentEntity.Key(event.dataset(), event.documentId());
    row.version = event.documentVersion();
    row.erased = false;
    row.withdrawn = false;
    row.generation = null;
    row.filename = clean.filename();
    row.language = clean.language();
    row.parsedSha256 = event.parsed().sha256();
    row.examples = prepared.examples().size();
    row.fileLocation = file.location();
    row.fileSha256 = file.sha256();
    row.fileSizeBytes = file.sizeBytes();
    row.findings = json(clean.findings());
    row.rejects = json(prepared.rejects());
    row.lesson = teachers.kept(prepared.lesson());
    row.corrections = clean.corrections();
    row.withheldBlocks = clean.withheldBlocks();
    position(row, event.position());
    documents.store(row);
    if (known.isPresent()) {
      documents.flush();
      previous.filter(old -> !documents.isInUse(old.sha256())).ifPresent(files::forget);
      findings.forget(event.dataset(), event.documentId());
    }
    findings.add(event.dataset(), event.documentId(), clean.audit());
  }

  private StageOutcome erase(Event.DocumentErased event, StageContext context) {
    Optional<DocumentEntity> known = documents.document(event.dataset(), event.documentId());
    boolean withdrawn = event.replacedBy() == null;
    long marks = findings.forget(event.dataset(), event.documentId());
    if (known.filter(row -> !row.erased || withdrawn && !row.withdrawn).isEmpty()) {
      return StageOutcome.ignored("unknown");
    }
    DocumentEntity row = known.get();
    DatasetEntity dataset =
        row.erased
            ? datasets.locked(event.dataset()).orElseThrow()
            : datasets.noteChange(event.dataset(), context.cause(), clock.instant());
    List<ArtifactRef> file = row.erased ? List.of() : List.of(row.file());
    clear(row);
    row.withdrawn = withdrawn;
    position(row, event.position());
    if (!withdrawn) {
      documents.flush();
      file.stream().filter(old -> !documents.isInUse(old.sha256())).forEach(files::forget);
      return StageOutcome.handled("replaced");
    }
    snapshots.withdraw(dataset, event.documentId());
    List<Event.ErasedPart> removed = new ArrayList<>();
    file.forEach(
        old -> removed.add(new Event.ErasedPart("examples", "artifact store", old.sha256(), "")));
    removed.add(new Event.ErasedPart("findings", "table finding", null, marks + " rows"));
    erasure.request(event, context, file, removed);
    return StageOutcome.handled("erased");
  }

  /** Leaves the mark that there was a document. */
  private static void clear(DocumentEntity row) {
    row.erased = true;
    row.generation = null;
    row.filename = null;
    row.language = null;
    row.parsedSha256 = null;
    row.examples = 0;
    row.fileLocation = null;
    row.fileSha256 = null;
    row.fileSizeBytes = null;
    row.findings = "{}";
    row.rejects = "{}";
    row.corrections = 0;
    row.withheldBlocks = 0;
    row.lesson = null;
  }

  private void position(DocumentEntity row, Event.Position position) {
    row.topic = position.topic();
    row.topicPartition = position.partition();
    row.topicOffset = position.offset();
    row.changedAt = clock.instant();
  }

  private String json(Map<String, Integer> counts) {
    try {
      return mapper.writeValueAsString(counts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of counts has a JSON form", e);
    }
  }
}
