package dev.migaki.platform.testing.harness;

import dev.migaki.platform.stage.StageRunner;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The channels of the harness. */
@ApplicationScoped
public class HarnessConsumer {

  private final StageRunner runner;
  private final HarnessStage stage;

  @Inject
  HarnessConsumer(StageRunner runner, HarnessStage stage) {
    this.runner = runner;
    this.stage = stage;
  }

  @Incoming("front-door")
  @Blocking
  public void frontDoor(ConsumerRecord<String, byte[]> record) {
    runner.runRaw(record, stage);
  }

  @Incoming("documents")
  @Blocking
  public void documents(ConsumerRecords<String, byte[]> records) {
    runner.runAll(records, stage);
  }
}
