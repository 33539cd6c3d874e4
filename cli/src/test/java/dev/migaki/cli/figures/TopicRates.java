package dev.migaki.cli.figures;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How fast the stages of a running stack are. {@code TopicRates write DIRECTORY COUNT} writes
 * documents of about 1 KB; {@code TopicRates watch BOOTSTRAP COUNT} waits until so many documents
 * are cleansed and prints each topic's rate by the broker's time stamps.
 */
public final class TopicRates {
  private static final String[] TOPICS = {"migaki.ingest", "migaki.documents", "migaki.examples"};

  private TopicRates() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("write")) {
      write(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    } else {
      watch(arguments[1], Integer.parseInt(arguments[2]));
    }
  }

  private static void write(Path directory, int count) throws IOException {
    Files.createDirectories(directory);
    List<String> facts = new ArrayList<>();
    for (String language : List.of("en", "ja")) {
      Path file =
          Path.of("samples/generator/src/main/resources/dev/migaki/samples")
              .resolve("facts-" + language + ".txt");
      String question = "";
      for (String line : Files.readAllLines(file)) {
        question = line.startsWith("Q: ") ? line : question;
        if (line.startsWith("A: ")) {
          facts.add(question + "\n" + line + "\n\n");
        }
      }
    }
    Random random = new Random(1);
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      // one language per document: the first half of the facts is English
      int half = facts.size() / 2;
      int from = i % 2 == 0 ? 0 : half;
      while (text.toString().getBytes(StandardCharsets.UTF_8).length < 900) {
        text.append(facts.get(from + random.nextInt(half)));
      }
      text.append("Q: Who answers question ").append(i).append("?\nA: Write to jane.miller");
      text.append(i).append("@example.com or call 415-555-0").append(100 + random.nextInt(99));
      text.append(".\n");
      byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
      bytes += content.length;
      Files.write(directory.resolve("document-%05d.txt".formatted(i)), content);
    }
    System.out.printf(Locale.ROOT, "%d documents, mean %d bytes%n", count, bytes / count);
  }

  private static void watch(String bootstrap, int count) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest");
    for (String topic : TOPICS) {
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        consumer.assign(
            partitions.stream().map(p -> new TopicPartition(topic, p.partition())).toList());
        long first = Long.MAX_VALUE;
        long last = 0;
        int seen = 0;
        while (seen < count) {
          for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
            seen++;
            first = Math.min(first, record.timestamp());
            last = Math.max(last, record.timestamp());
          }
        }
        System.out.printf(
            Locale.ROOT,
            "%s: %d records in %.1f s, %.0f/s%n",
            topic,
            seen,
            (last - first) / 1000.0,
            seen * 1000.0 / Math.max(1, last - first));
      }
    }
  }
}
