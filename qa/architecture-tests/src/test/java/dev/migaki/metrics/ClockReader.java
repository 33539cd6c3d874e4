package dev.migaki.metrics;

import java.time.Instant;
import java.util.Random;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Breaks on purpose: reads the clock, rolls dice without a seed, logs, knows Kafka. */
public record ClockReader(ConsumerRecord<String, String> record) {
  public long now() {
    Logger.getLogger("x").info("x");
    return Instant.now().toEpochMilli() + new Random().nextInt();
  }
}
