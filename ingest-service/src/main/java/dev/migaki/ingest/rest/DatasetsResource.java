package dev.migaki.ingest.rest;

import dev.migaki.ingest.persistence.DocumentVersionRepository;
import dev.migaki.ingest.persistence.DocumentVersionRepository.StateCount;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The datasets that documents have arrived for. */
@Path("/v1/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class DatasetsResource {

  private final DocumentVersionRepository documents;

  DatasetsResource(DocumentVersionRepository documents) {
    this.documents = documents;
  }

  /**
   * @param documents all of them
   * @param byStatus how many are ingested, rejected, duplicate, erased
   */
  public record DatasetView(String dataset, long documents, Map<String, Long> byStatus) {}

  @GET
  public List<DatasetView> list() {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    for (StateCount count : documents.counts()) {
      counts
          .computeIfAbsent(count.dataset(), dataset -> new LinkedHashMap<>())
          .put(count.state().name().toLowerCase(Locale.ROOT), count.documents());
    }
    List<DatasetView> datasets = new ArrayList<>();
    counts.forEach(
        (dataset, byStatus) ->
            datasets.add(
                new DatasetView(
                    dataset,
                    byStatus.values().stream().mapToLong(Long::longValue).sum(),
                    byStatus)));
    return datasets;
  }
}
