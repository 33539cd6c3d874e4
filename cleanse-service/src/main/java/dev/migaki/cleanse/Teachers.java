package dev.migaki.cleanse;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.cleanse.domain.VersionFilesStore;
import dev.migaki.cleanse.persistence.DocumentEntity;
import dev.migaki.cleanse.persistence.DocumentRepository;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.extraction.DocumentOrigin;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.datasets.teacher.ChatModel;
import dev.migaki.datasets.teacher.Lesson;
import dev.migaki.datasets.teacher.PassageTeacher;
import dev.migaki.datasets.teacher.Teacher;
import dev.migaki.datasets.teacher.TeacherSettings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Teachers by recipe. A document that comes again with the same text is not asked about again: its
 * pairs are with its examples, and its row says what they were made from.
 */
@ApplicationScoped
public class Teachers {
  private final ChatModel model;
  private final DocumentRepository documents;
  private final VersionFilesStore files;
  private final ObjectMapper mapper;

  Teachers(
      ChatModel model, DocumentRepository documents, VersionFilesStore files, ObjectMapper mapper) {
    this.model = model;
    this.documents = documents;
    this.files = files;
    this.mapper = mapper;
  }

  /** A complete lesson but for its examples, as a document's row keeps it. */
  private record Kept(String key, Map<String, Integer> rejects, int tokens) {}

  /** The teacher of a dataset; one that nobody asks when the recipe has none. */
  public Teacher of(String dataset, DatasetRecipe recipe, DocumentCleanser cleanser) {
    TeacherSettings settings = recipe.teacher();
    if (settings == null) {
      return Teacher.none();
    }
    PassageTeacher teacher =
        new PassageTeacher(settings, model, cleanser, recipe.examples().quality());
    return (origin, passages) ->
        passages.isEmpty()
            ? Lesson.NONE
            : known(dataset, origin, teacher.key(origin, passages))
                .orElseGet(() -> teacher.teach(origin, passages));
  }

  private Optional<Lesson> known(String dataset, DocumentOrigin origin, String key) {
    DocumentEntity.Key id = new DocumentEntity.Key(dataset, origin.documentId());
    return QuarkusTransaction.requiringNew()
        .call(() -> documents.findByIdOptional(id))
        .filter(row -> !row.erased && row.lesson != null)
        .flatMap(row -> lesson(row, origin, key));
  }

  private Optional<Lesson> lesson(DocumentEntity row, DocumentOrigin origin, String key) {
    Kept kept;
    try {
      kept = mapper.readValue(row.lesson, Kept.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a lesson is stored as JSON", e);
    }
    if (!kept.key().equals(key)) {
      return Optional.empty();
    }
    List<Example> examples =
        files.examples(row.file()).stream()
            .filter(example -> example.teacher().isPresent())
            .map(example -> at(origin, example))
            .toList();
    return Optional.of(new Lesson(key, examples, kept.rejects(), kept.tokens(), true));
  }

  /** The same example in this version of the document. */
  private static Example at(DocumentOrigin origin, Example example) {
    Source source = requireNonNull(example.source(), "source");
    Source here =
        new Source(
            origin.documentId(),
            origin.version(),
            origin.filename(),
            source.page(),
            source.start(),
            source.end(),
            source.headingPath());
    return Example.taught(
        example.language(),
        example.question(),
        example.answer(),
        here,
        example.teacher().orElseThrow());
  }

  /** What a document's row keeps of a lesson; null for one that should be given again. */
  @Nullable String kept(Lesson lesson) {
    if (lesson.key().isEmpty() || !lesson.isComplete()) {
      return null;
    }
    try {
      return mapper.writeValueAsString(new Kept(lesson.key(), lesson.rejects(), lesson.tokens()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a lesson has a JSON form", e);
    }
  }
}
