package dev.migaki.deploy.rest;

import dev.migaki.deploy.Registry;
import dev.migaki.deploy.persistence.AliasEntity;
import dev.migaki.deploy.persistence.AliasRepository;
import dev.migaki.platform.openai.OpenAiException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Which model answers for which name, and the way back. */
@Path("/v1/deployments")
@Blocking
public class DeploymentsResource {
  private final AliasRepository aliases;
  private final Registry registry;

  DeploymentsResource(AliasRepository aliases, Registry registry) {
    this.aliases = aliases;
    this.registry = registry;
  }

  /** A name, what answers for it and what answered before. */
  public record DeploymentView(
      String alias,
      String modelId,
      @Nullable String previousModelId,
      String reason,
      Instant changedAt) {
    static DeploymentView of(AliasEntity alias) {
      return new DeploymentView(
          alias.name, alias.modelId, alias.previousModelId, alias.reason, alias.changedAt);
    }
  }

  @GET
  public List<DeploymentView> list() {
    return aliases.byName().stream().map(DeploymentView::of).toList();
  }

  @POST
  @Path("/{alias}/rollback")
  public DeploymentView rollBack(@RestPath String alias) {
    return registry
        .rollBack(alias, "rolled back on request")
        .map(DeploymentView::of)
        .orElseThrow(
            () ->
                OpenAiException.notFound(
                    "'" + alias + "' has no model before the present one to go back to."));
  }
}
