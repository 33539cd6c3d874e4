package dev.migaki.platform.stage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** How every stage is run; the defaults suit all of them. */
@ConfigMapping(prefix = "migaki.runtime")
public interface StageRuntimeConfig {

  Retry retry();

  Batch batch();

  Outbox outbox();

  Inbox inbox();

  Topics topics();

  /** How long shutdown waits for the record in hand; keep below the supervisor's kill timeout. */
  @WithDefault("20s")
  Duration drainTimeout();

  /** Retrying a record. */
  interface Retry {

    /** Wait before the second attempt; doubles with every further one. */
    @WithDefault("200ms")
    Duration initialDelay();

    /** The longest wait between two attempts. */
    @WithDefault("30s")
    Duration maxDelay();

    /**
     * After how many attempts a failure that nobody classified (a bug met by this record) becomes a
     * dead letter; infrastructure failures are retried for ever.
     */
    @WithDefault("8")
    int unexpectedAttempts();
  }

  /** Handling records that came together. */
  interface Batch {

    /** Most records whose effects are committed together; 1 gives each its own transaction. */
    @WithDefault("128")
    int records();

    /** After how long a transaction takes no further record. */
    @WithDefault("1s")
    Duration time();

    /** Records prepared at a time; as many as there are processors when absent. */
    OptionalInt threads();
  }

  /** Sending what was committed. */
  interface Outbox {

    /** How often an idle relay looks for events of other replicas and workers. */
    @WithDefault("250ms")
    Duration pollInterval();

    /** How often a relay that does not lead tries to take over. */
    @WithDefault("1s")
    Duration takeOverInterval();

    /** Most records sent before their rows are deleted. */
    @WithDefault("500")
    int batchSize();
  }

  /** Remembering what was handled. */
  interface Inbox {

    /** How long a handled event is remembered; longer than any topic's retention and any replay. */
    @WithDefault("30d")
    Duration retention();
  }

  /** Creating topics at start. */
  interface Topics {

    /** Whether to create missing topics; false where an operator (Strimzi) owns them. */
    @WithDefault("true")
    boolean create();

    /** Partitions of each topic: the most replicas of a stage that can work in parallel. */
    @WithDefault("3")
    int partitions();

    /** Copies of each partition; -1 leaves it to the broker. */
    @WithDefault("-1")
    short replicationFactor();

    /** The largest document that the front door takes. */
    @WithDefault("33554432")
    int maxDocumentBytes();
  }
}
