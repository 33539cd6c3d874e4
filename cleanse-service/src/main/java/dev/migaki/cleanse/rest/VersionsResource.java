package dev.migaki.cleanse.rest;

import dev.migaki.cleanse.SealingWatch;
import dev.migaki.cleanse.domain.VersionFilesStore;
import dev.migaki.cleanse.persistence.DatasetRepository;
import dev.migaki.cleanse.persistence.DatasetVersionEntity;
import dev.migaki.cleanse.persistence.DatasetVersionRepository;
import dev.migaki.cleanse.persistence.DocumentEntity;
import dev.migaki.cleanse.persistence.DocumentRepository;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.jsonl.ExampleJsonl;
import dev.migaki.platform.stage.Problem;
import dev.migaki.platform.stage.QueryNumber;
import io.smallrye.common.annotation.Blocking;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What a dataset holds: its versions, its examples, its contradictions. */
@Path("/v1/datasets/{dataset}")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class VersionsResource {
  private static final int MOST = 500;

  private final DatasetRepository datasets;
  private final DocumentRepository documents;
  private final DatasetVersionRepository versions;
  private final VersionFilesStore files;
  private final SealingWatch watch;

  VersionsResource(
      DatasetRepository datasets,
      DocumentRepository documents,
      DatasetVersionRepository versions,
      VersionFilesStore files,
      SealingWatch watch) {
    this.datasets = datasets;
    this.documents = documents;
    this.versions = versions;
    this.files = files;
    this.watch = watch;
  }

  /** The versions, oldest first. */
  public record VersionList(String dataset, List<VersionSummary> versions) {}

  /** One of them; the rest is in its manifest. */
  public record VersionSummary(int number, String version, Instant sealedAt) {}

  @GET
  @Path("/versions")
  public VersionList list(@RestPath String dataset) {
    return new VersionList(
        dataset,
        versions.versions(dataset).stream()
            .map(row -> new VersionSummary(row.number, row.version, row.sealedAt))
            .toList());
  }

  /** How far this process has come with sealing the dataset; 404 while it seals it not. */
  @GET
  @Path("/sealing")
  public Response sealing(@RestPath String dataset) {
    return watch
        .state(dataset)
        .map(state -> Response.ok(state).build())
        .orElseGet(() -> Problem.answer(404, "NOT_SEALING", "The dataset is not being sealed."));
  }

  /** The manifest of a version. */
  @GET
  @Path("/versions/{number}")
  public Response manifest(@RestPath String dataset, @RestPath String number) {
    Optional<DatasetVersionEntity> version =
        versions.version(dataset, QueryNumber.of("number", number, 0, 1, Integer.MAX_VALUE));
    return version.isEmpty()
        ? Problem.answer(404, "VERSION_UNKNOWN", "The dataset has no version with this number.")
        : Response.ok(files.manifest(DatasetVersionRepository.manifest(version.get()))).build();
  }

  /** Originals of the documents in use, by document, as JSON with the total. */
  @GET
  @Path("/examples")
  public Response examples(
      @RestPath String dataset,
      @QueryParam("document") @Nullable String document,
      @QueryParam("page") @Nullable String page,
      @QueryParam("size") @Nullable String size) {
    int most = QueryNumber.of("size", size, 50, 1, MOST);
    int from = QueryNumber.of("page", page, 0, 0, Integer.MAX_VALUE);
    long skip = (long) from * most;
    List<String> lines = new ArrayList<>();
    long total = 0;
    for (DocumentEntity row : documents.inUseByPages(dataset)) {
      if (document != null && !document.equals(row.key.documentId)) {
        continue;
      }
      long first = Math.max(0, skip - total);
      if (first < row.examples && lines.size() < most) {
        List<Example> examples = files.examples(row.file());
        examples.stream()
            .skip(first)
            .limit(most - lines.size())
            .forEach(example -> lines.add(ExampleJsonl.line(example)));
      }
      total += row.examples;
    }
    return Response.ok(
            "{\"total\":%d,\"page\":%d,\"size\":%d,\"examples\":[%s]}"
                .formatted(total, from, most, String.join(",", lines)))
        .build();
  }

  /** The contradictions of the newest version. */
  @GET
  @Path("/contradictions")
  public Response contradictions(@RestPath String dataset) {
    List<String> lines =
        versions
            .latest(dataset)
            .map(row -> files.lines(DatasetVersionRepository.manifest(row), "contradictions"))
            .orElseGet(List::of);
    return Response.ok("{\"contradictions\":[" + String.join(",", lines) + "]}").build();
  }

  /** Asks for a version now; what has not changed since the last one gives none. */
  @POST
  @Path("/seal")
  @Transactional
  public Response seal(@RestPath String dataset) {
    return datasets.request(dataset)
        ? Response.accepted().build()
        : Problem.answer(
            404, "DATASET_UNKNOWN", "No document of this dataset has been cleansed yet.");
  }
}
