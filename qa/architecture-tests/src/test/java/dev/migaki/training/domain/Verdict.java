package dev.migaki.training.domain;

import io.micrometer.core.instrument.Counter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Breaks on purpose: an entity, a setting, a metric, a channel and a reactive type where decisions
 * belong.
 */
@Entity
@ConfigMapping(prefix = "x")
public interface Verdict {
  @Incoming("x")
  Uni<Counter> count();
}
