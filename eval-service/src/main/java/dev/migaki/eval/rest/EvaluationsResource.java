package dev.migaki.eval.rest;

import dev.migaki.eval.persistence.EvaluationEntity;
import dev.migaki.eval.persistence.EvaluationRepository;
import dev.migaki.eval.persistence.StoredRefs;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.stage.Problem;
import dev.migaki.platform.stage.QueryNumber;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Evaluations: verdicts, scorecards and report pages. */
@Path("/v1/evaluations")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class EvaluationsResource {
  private final EvaluationRepository evaluations;
  private final StoredRefs refs;
  private final ArtifactStore store;

  EvaluationsResource(EvaluationRepository evaluations, StoredRefs refs, ArtifactStore store) {
    this.evaluations = evaluations;
    this.refs = refs;
    this.store = store;
  }

  /** The newest evaluations first, of one dataset or of all. */
  @GET
  public List<EvaluationView> list(
      @QueryParam("dataset") @Nullable String dataset,
      @QueryParam("limit") @Nullable String limit) {
    return evaluations
        .newestFirst(Optional.ofNullable(dataset), QueryNumber.of("limit", limit, 50, 1, 500))
        .stream()
        .map(EvaluationView::of)
        .toList();
  }

  @GET
  @Path("/{modelId}")
  public Response get(@RestPath String modelId) {
    return evaluations
        .findByIdOptional(modelId)
        .map(evaluation -> Response.ok(EvaluationView.of(evaluation)).build())
        .orElseGet(() -> unknown(modelId));
  }

  @GET
  @Path("/{modelId}/scorecard")
  public Response scorecard(@RestPath String modelId) {
    return artifact(modelId, evaluation -> evaluation.scorecard, MediaType.APPLICATION_JSON);
  }

  @GET
  @Path("/{modelId}/report")
  @Produces(MediaType.WILDCARD)
  public Response report(@RestPath String modelId) {
    return artifact(
        modelId, evaluation -> evaluation.report, MediaType.TEXT_HTML + ";charset=utf-8");
  }

  private Response artifact(
      String modelId, Function<EvaluationEntity, @Nullable String> column, String mediaType) {
    Optional<EvaluationEntity> evaluation = evaluations.findByIdOptional(modelId);
    if (evaluation.isEmpty()) {
      return unknown(modelId);
    }
    String ref = column.apply(evaluation.get());
    if (ref == null) {
      return Problem.answer(
          404,
          "EVALUATION_NOT_ENDED",
          "The evaluation of " + modelId + " has not ended: " + evaluation.get().state + ".");
    }
    return Response.ok(store.open(refs.read(ref)), mediaType).build();
  }

  private static Response unknown(String modelId) {
    return Problem.answer(
        404, "EVALUATION_UNKNOWN", "No model with the id " + modelId + " was evaluated.");
  }
}
