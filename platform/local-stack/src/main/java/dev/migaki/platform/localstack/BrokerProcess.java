package dev.migaki.platform.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * What runs inside the broker's own JVM: format once, serve, print {@value #READY} when clients may
 * come, stop at end of standard input. Nothing but {@link KafkaBroker} starts it, because only this
 * JVM's class path holds Kafka's server.
 */
final class BrokerProcess {

  static final String READY = "migaki-broker-ready";

  private BrokerProcess() {}

  /**
   * @param args the path of the broker's properties file
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    formatOnce(file, properties);
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
    endWithParent();
    server.startup();
    System.out.println(READY);
    System.out.flush();
    server.awaitShutdown();
  }

  private static void formatOnce(Path file, Properties properties) {
    Path meta = Path.of(properties.getProperty("log.dirs")).resolve("meta.properties");
    if (Files.exists(meta)) {
      return;
    }
    String[] command = {
      "format",
      "--standalone",
      "--ignore-formatted",
      "-t",
      Uuid.randomUuid().toString(),
      "-c",
      file.toString()
    };
    int status = StorageTool.execute(command, System.err);
    if (status != 0) {
      System.err.println("formatting the broker's storage failed with status " + status);
      System.exit(status);
    }
  }

  private static void endWithParent() {
    Thread watch = new Thread(BrokerProcess::awaitEndOfInput, "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() != -1) {
        // bytes have no meaning here; only the end of the stream has
      }
    } catch (IOException e) {
      System.err.println("standard input failed: " + e.getMessage());
    }
    System.exit(0);
  }
}
