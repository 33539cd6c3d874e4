package dev.migaki.platform.stage;

import java.time.Duration;

/** Small batches and quick take-over, so that the tests meet batch borders. */
final class RelayTestConfig
    implements StageRuntimeConfig, StageRuntimeConfig.Outbox, StageRuntimeConfig.Inbox {

  @Override
  public Outbox outbox() {
    return this;
  }

  @Override
  public Inbox inbox() {
    return this;
  }

  @Override
  public Duration pollInterval() {
    return Duration.ofMillis(50);
  }

  @Override
  public Duration takeOverInterval() {
    return Duration.ofMillis(100);
  }

  @Override
  public int batchSize() {
    return 20;
  }

  @Override
  public Duration retention() {
    return Duration.ofDays(1);
  }

  @Override
  public Retry retry() {
    throw new UnsupportedOperationException("a relay retries by itself");
  }

  @Override
  public Batch batch() {
    throw new UnsupportedOperationException("a relay handles no records");
  }

  @Override
  public Topics topics() {
    throw new UnsupportedOperationException("a relay creates no topics");
  }

  @Override
  public Duration drainTimeout() {
    return Duration.ofSeconds(5);
  }
}
