package dev.migaki.cleanse.outbound.kafka;

import static java.util.Objects.requireNonNull;

import dev.migaki.cleanse.config.CleanseConfig;
import dev.migaki.cleanse.domain.UpstreamBacklog;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Compares the ends of the topics in front of this stage with what their readers have committed.
 */
@ApplicationScoped
public class ConsumerLag implements UpstreamBacklog {
  private static final Logger LOG = Logger.getLogger(ConsumerLag.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final List<String> upstream;
  private final Map<String, Object> settings;
  private @Nullable Admin admin;

  ConsumerLag(
      CleanseConfig config, @Identifier("default-kafka-broker") Map<String, Object> broker) {
    this.upstream = config.upstream();
    this.settings = new HashMap<>();
    settings.put(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
        String.valueOf(broker.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)));
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
  }

  @PreDestroy
  void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }

  @Override
  public synchronized boolean isExpectingMore() {
    for (String entry : upstream) {
      String[] topicAndGroup = entry.split("=", 2);
      try {
        if (lag(topicAndGroup[0], topicAndGroup[1]) > 0) {
          return true;
        }
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          LOG.debugf(e, "cannot read the lag of %s", entry);
          return true;
        }
        // no topic, nothing on its way
      } catch (TimeoutException e) {
        LOG.debugf(e, "cannot read the lag of %s", entry);
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true;
      }
    }
    return false;
  }

  private long lag(String topic, String group)
      throws ExecutionException, InterruptedException, TimeoutException {
    Admin client = client();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
    Map<String, TopicDescription> topics =
        await(client.describeTopics(List.of(topic)).allTopicNames());
    TopicDescription described = requireNonNull(topics.get(topic), "the topic that was asked for");
    for (TopicPartitionInfo partition : described.partitions()) {
      TopicPartition key = new TopicPartition(topic, partition.partition());
      ends.put(key, OffsetSpec.latest());
      starts.put(key, OffsetSpec.earliest());
    }
    Map<TopicPartition, ListOffsetsResultInfo> last = await(client.listOffsets(ends).all());
    Map<TopicPartition, ListOffsetsResultInfo> first = await(client.listOffsets(starts).all());
    Map<TopicPartition, OffsetAndMetadata> committed =
        await(client.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    long lag = 0;
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : last.entrySet()) {
      OffsetAndMetadata done = committed.get(end.getKey());
      ListOffsetsResultInfo start = first.get(end.getKey());
      long oldest = start == null ? 0 : start.offset();
      long from = done == null ? oldest : done.offset();
      lag += Math.max(0, end.getValue().offset() - from);
    }
    return lag;
  }

  private Admin client() {
    Admin client = admin;
    if (client == null) {
      client = Admin.create(settings);
      admin = client;
    }
    return client;
  }

  private static <T> T await(org.apache.kafka.common.KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
