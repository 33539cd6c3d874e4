package dev.migaki.training.rest;

import dev.migaki.contracts.Event.RunCancelled;
import dev.migaki.platform.stage.Cause;
import dev.migaki.platform.stage.Problem;
import dev.migaki.platform.stage.QueryNumber;
import dev.migaki.platform.stage.TransactionalOutbox;
import dev.migaki.training.domain.RunState;
import dev.migaki.training.persistence.RunEntity;
import dev.migaki.training.persistence.RunRepository;
import io.smallrye.common.annotation.Blocking;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Runs: what is trained, what it costs, how far it is. */
@Path("/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class RunsResource {
  private final RunRepository runs;
  private final TransactionalOutbox outbox;
  private final Clock clock;

  RunsResource(RunRepository runs, TransactionalOutbox outbox, Clock clock) {
    this.runs = runs;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** The newest runs first, of one dataset or of all. */
  @GET
  public List<RunView> list(
      @QueryParam("dataset") @Nullable String dataset,
      @QueryParam("limit") @Nullable String limit) {
    return runs
        .newestFirst(Optional.ofNullable(dataset), QueryNumber.of("limit", limit, 50, 1, 500))
        .stream()
        .map(RunView::of)
        .toList();
  }

  @GET
  @Path("/{id}")
  public Response get(@RestPath String id) {
    return runs.findByIdOptional(id)
        .map(run -> Response.ok(RunView.of(run)).build())
        .orElseGet(() -> unknown(id));
  }

  /** Ends a run that waits or works; one that has ended already is left as it is. */
  @POST
  @Path("/{id}/cancel")
  @Transactional
  public Response cancel(@RestPath String id) {
    Optional<RunEntity> found = runs.findByIdOptional(id);
    if (found.isEmpty()) {
      return unknown(id);
    }
    RunEntity run = found.get();
    if (run.state == RunState.QUEUED) {
      run.state = RunState.CANCELLED;
      run.finishedAt = clock.instant();
      outbox.publish(
          new Cause(run.causeId, run.traceparent).step(run.id + "-ended"),
          List.of(new RunCancelled(run.dataset, run.id, run.version, "cancelled on request")));
    } else if (run.state == RunState.RUNNING) {
      run.cancelRequested = true;
    } else {
      return Problem.answer(409, "RUN_ENDED", "The run has ended already: " + run.state + ".");
    }
    return Response.accepted(RunView.of(run)).build();
  }

  private static Response unknown(String id) {
    return Problem.answer(404, "RUN_UNKNOWN", "No run has the id " + id + ".");
  }
}
