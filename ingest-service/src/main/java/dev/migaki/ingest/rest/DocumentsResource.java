package dev.migaki.ingest.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.ingest.domain.DatasetName;
import dev.migaki.ingest.domain.DocumentState;
import dev.migaki.ingest.outbound.frontdoor.IngestTopic;
import dev.migaki.ingest.persistence.DocumentVersionEntity;
import dev.migaki.ingest.persistence.DocumentVersionRepository;
import dev.migaki.ingest.persistence.ErasureReceiptEntity;
import dev.migaki.ingest.persistence.ErasureReceiptRepository;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.stage.Problem;
import dev.migaki.platform.stage.QueryNumber;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Upload of documents, and what happened to each. */
@Path("/v1/datasets/{dataset}/documents")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class DocumentsResource {

  private static final int MAX_PAGE = 500;

  private final DocumentVersionRepository documents;
  private final ArtifactStore artifacts;
  private final IngestTopic topic;
  private final ErasureReceiptRepository receipts;
  private final ObjectMapper mapper;

  DocumentsResource(
      DocumentVersionRepository documents,
      ArtifactStore artifacts,
      IngestTopic topic,
      ErasureReceiptRepository receipts,
      ObjectMapper mapper) {
    this.documents = documents;
    this.receipts = receipts;
    this.mapper = mapper;
    this.artifacts = artifacts;
    this.topic = topic;
  }

  /** Documents that will be read; ask for each by its id. */
  public record Accepted(String dataset, List<AcceptedDocument> documents) {}

  /** One of them. */
  public record AcceptedDocument(String id, String filename, long sizeBytes, String sha256) {}

  /** A page of documents; {@code total} counts all that match. */
  public record DocumentPage(
      String dataset, long total, int page, int size, List<DocumentView> documents) {}

  /**
   * A document with all its versions, oldest first.
   *
   * @param contents what became of an archive's files, null for other documents
   * @param receipts what each stage removed after a withdrawal: hashes and counts
   */
  public record DocumentHistory(
      String dataset,
      DocumentView document,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Contents contents,
      List<DocumentView> history,
      List<JsonNode> receipts) {}

  /**
   * Ask for each with {@code ?container=}.
   *
   * @param files in the newest version of the archive
   * @param byStatus the documents that came in any version of it, by what they are now
   */
  public record Contents(int files, Map<String, Long> byStatus) {}

  /**
   * An erasure that is ordered.
   *
   * @param status of the document at that time, {@code unknown} when there was none
   * @param message the same for people
   */
  public record Withdrawal(String dataset, String id, String status, String message) {
    static Withdrawal of(String dataset, String id, Optional<DocumentState> state) {
      String message =
          state.isEmpty()
              ? "The dataset "
                  + dataset
                  + " knows no document with this id. The order stands for what was sent under it"
                  + " and is not read yet; what is sent under it later is taken."
              : state.get() == DocumentState.ERASED
                  ? "The document was erased before. The order stands for what was sent under its"
                      + " id since and is not read yet."
                  : "The erasure is ordered. The document's history will have the receipts.";
      String status = state.map(one -> one.name().toLowerCase(Locale.ROOT)).orElse("unknown");
      return new Withdrawal(dataset, id, status, message);
    }
  }

  /** Takes the files of a multipart form; the parts were written to disk as they came. */
  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response upload(
      @RestPath String dataset,
      @RestForm(FileUpload.ALL) List<FileUpload> files,
      @RestForm("document-id") @Nullable String documentId,
      @RestForm @Nullable String source,
      @RestForm @Nullable String language) {
    if (!DatasetName.isValid(dataset)) {
      return Problem.answer(400, "DATASET_NAME_INVALID", DatasetName.RULE);
    }
    if (files.isEmpty()) {
      return Problem.answer(
          400, "NO_FILES", "The form holds no file. Send each as a part with a name.");
    }
    if (documentId != null && files.size() > 1) {
      return Problem.answer(
          400, "ID_FOR_MANY", "A document-id can be given for a single file only.");
    }
    List<AcceptedDocument> accepted = new ArrayList<>();
    for (FileUpload file : files) {
      accepted.add(accept(dataset, file, documentId, source, language));
    }
    return Response.accepted(new Accepted(dataset, accepted)).build();
  }

  private AcceptedDocument accept(
      String dataset,
      FileUpload file,
      @Nullable String documentId,
      @Nullable String source,
      @Nullable String language) {
    String type =
        file.contentType() == null ? MediaType.APPLICATION_OCTET_STREAM : file.contentType();
    ArtifactRef stored = artifacts.put(file.uploadedFile(), type);
    String name = file.fileName() == null || file.fileName().isBlank() ? "" : file.fileName();
    String fallback = name.isEmpty() ? "sha256-" + stored.sha256().substring(0, 16) : name;
    String id = documentId == null || documentId.isBlank() ? fallback : documentId.strip();
    String filename = name.isEmpty() ? id : name;
    topic.offer(dataset, stored, new IngestTopic.Label(id, filename, source, language));
    return new AcceptedDocument(id, filename, stored.sizeBytes(), stored.sha256());
  }

  @GET
  public Response list(
      @RestPath String dataset,
      @QueryParam("status") @Nullable String status,
      @QueryParam("container") @Nullable String container,
      @QueryParam("page") @Nullable String page,
      @QueryParam("size") @Nullable String size) {
    Optional<DocumentState> state = Optional.empty();
    if (status != null && !status.isBlank()) {
      try {
        state = Optional.of(DocumentState.valueOf(status.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        return Problem.answer(
            400,
            "STATUS_UNKNOWN",
            "status is one of received, ingested, unpacked, rejected, duplicate, superseded,"
                + " erased.");
      }
    }
    int rows = QueryNumber.of("size", size, 50, 1, MAX_PAGE);
    // the first row's number has to be an int; far behind the last one there are none
    int from =
        Math.min(
            Integer.MAX_VALUE / rows - 1, QueryNumber.of("page", page, 0, 0, Integer.MAX_VALUE));
    PanacheQuery<DocumentVersionEntity> found =
        documents.documents(
            dataset, state, Optional.ofNullable(container).filter(id -> !id.isBlank()));
    List<DocumentView> views =
        found.page(from, rows).list().stream().map(DocumentView::of).toList();
    return Response.ok(new DocumentPage(dataset, found.count(), from, rows, views)).build();
  }

  @GET
  @Path("/{id: .+}")
  public Response get(@RestPath String dataset, @RestPath String id) {
    List<DocumentView> history =
        documents.history(dataset, id).stream().map(DocumentView::of).toList();
    if (history.isEmpty()) {
      return notFound(dataset);
    }
    DocumentView latest = history.get(history.size() - 1);
    return Response.ok(
            new DocumentHistory(
                dataset, latest, contentsOf(dataset, id), history, receiptsOf(dataset, id)))
        .build();
  }

  private @Nullable Contents contentsOf(String dataset, String id) {
    Optional<DocumentVersionEntity> latest = documents.latest(dataset, id);
    Integer files = latest.map(version -> version.entries).orElse(null);
    if (files == null) {
      return null;
    }
    Map<String, Long> byStatus = new TreeMap<>();
    documents
        .contentCounts(dataset, id)
        .forEach((state, count) -> byStatus.put(state.name().toLowerCase(Locale.ROOT), count));
    return new Contents(files, byStatus);
  }

  private List<JsonNode> receiptsOf(String dataset, String id) {
    List<JsonNode> found = new ArrayList<>();
    for (ErasureReceiptEntity receipt : receipts.of(dataset, id)) {
      try {
        found.add(mapper.readTree(receipt.receipt));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a stored receipt is JSON", e);
      }
    }
    return found;
  }

  /**
   * Withdraws a document: it and everything made from it will go. An id that is not known is
   * withdrawn too: its document may wait in the topic, and it must not be read after the order.
   */
  @DELETE
  @Path("/{id: .+}")
  public Response erase(@RestPath String dataset, @RestPath String id) {
    if (!DatasetName.isValid(dataset)) {
      return Problem.answer(400, "DATASET_NAME_INVALID", DatasetName.RULE);
    }
    Optional<DocumentState> state = documents.latest(dataset, id).map(row -> row.state);
    topic.withdraw(dataset, id);
    return Response.accepted(Withdrawal.of(dataset, id, state)).build();
  }

  private static Response notFound(String dataset) {
    return Problem.answer(
        404, "DOCUMENT_UNKNOWN", "The dataset " + dataset + " has no document with this id.");
  }
}
