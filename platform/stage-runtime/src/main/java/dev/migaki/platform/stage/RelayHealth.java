package dev.migaki.platform.stage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * A service whose relay is dead publishes nothing any more: the supervisor has to start it again.
 */
@Liveness
@ApplicationScoped
class RelayHealth implements HealthCheck {

  private final OutboxRelay relay;

  @Inject
  RelayHealth(OutboxRelay relay) {
    this.relay = relay;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.builder().name("outbox relay").status(relay.isRunning()).build();
  }
}
