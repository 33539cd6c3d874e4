package dev.migaki.platform.stage;

import dev.migaki.contracts.Topics;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/**
 * Creates the bus before the first consumer asks for it, so that partitions are ours to choose and
 * not the broker's default. Existing topics are left as they are.
 */
@ApplicationScoped
class TopicCreation {

  private static final Logger LOG = Logger.getLogger(TopicCreation.class);
  private static final int TIMEOUT_SECONDS = 60;

  private final Map<String, Object> kafka;
  private final StageRuntimeConfig.Topics config;

  @Inject
  TopicCreation(
      @Identifier("default-kafka-broker") Map<String, Object> kafka, StageRuntimeConfig config) {
    this.kafka = kafka;
    this.config = config.topics();
  }

  void create(@Observes @Priority(100) StartupEvent event) {
    if (!config.create()) {
      return;
    }
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "migaki-topics");
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 1000);
    try (Admin admin = Admin.create(settings)) {
      Set<String> existing = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      List<NewTopic> missing =
          wanted().stream().filter(topic -> !existing.contains(topic.name())).toList();
      for (Map.Entry<String, org.apache.kafka.common.KafkaFuture<Void>> creation :
          admin.createTopics(missing).values().entrySet()) {
        await(creation.getKey(), creation.getValue());
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "cannot list or create topics on "
              + kafka.get("bootstrap.servers")
              + ": "
              + e.getMessage(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topics", e);
    }
  }

  private static void await(String topic, org.apache.kafka.common.KafkaFuture<Void> creation)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      creation.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      LOG.infof("created topic %s", topic);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
      LOG.debugf("another service created topic %s", topic);
    }
  }

  private List<NewTopic> wanted() {
    List<NewTopic> topics = new ArrayList<>();
    for (String name : Topics.ALL) {
      topics.add(topic(name, config.partitions()));
      topics.add(topic(Topics.deadLetterOf(name), 1));
    }
    return topics;
  }

  private NewTopic topic(String name, int partitions) {
    NewTopic topic =
        new NewTopic(
            name,
            java.util.Optional.of(partitions),
            config.replicationFactor() < 1
                ? java.util.Optional.empty()
                : java.util.Optional.of(config.replicationFactor()));
    if (name.startsWith(Topics.INGEST)) { // and its dead letters: documents come as raw bytes
      topic.configs(
          Map.of(
              TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(config.maxDocumentBytes())));
    }
    return topic;
  }
}
