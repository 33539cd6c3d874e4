package dev.migaki.platform.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Gives a {@code @QuarkusTest} a real broker and a real database:
 * {@code @WithTestResource(KafkaAndPostgres.class)}. They are started once per JVM and stopped with
 * it; every stage lives in the schema of its name. To test against servers that run already (CI
 * with containers) set {@code -Dmigaki.test.kafka=host:port -Dmigaki.test.jdbc-url=…
 * -Dmigaki.test.jdbc-username=… -Dmigaki.test.jdbc-password=…}.
 */
public final class KafkaAndPostgres implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    return TestInfrastructure.ensureStarted();
  }

  @Override
  public void stop() {
    // they end with the JVM: the next test class uses them again
  }
}
