package dev.migaki.datasets.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemoteCallTest {
  private static final String KEY = "sk-4711";

  /** Answers the same whatever it is asked. */
  private record Parrot(int status, String body) implements RemoteAccess {
    @Override
    public String variable(String name) {
      return KEY;
    }

    @Override
    public Reply post(URI url, @Nullable String key, String json, Duration timeout) {
      return new Reply(status, body);
    }
  }

  private static RemoteCall call(RemoteAccess access) {
    RemoteReader.Service service =
        new RemoteReader.Service(
            "reader", URI.create("http://host:3000"), "READER_KEY", Duration.ofSeconds(1), 500);
    return new RemoteCall(service, access);
  }

  @Test
  void shouldQuoteNothingOfAnAnswerThatIsNoJson() {
    // Given
    RemoteCall call = call(new Parrot(200, "{Quorvex: Zibble " + KEY + "}"));

    // When
    RemoteFailure failure =
        catchThrowableOfType(
            RemoteFailure.class, () -> call.post("/x", JsonNodeFactory.instance.objectNode()));

    // Then
    assertThat(failure.problem()).isEqualTo(RemoteFailure.Problem.ANSWER);
    assertThat(failure).hasMessage("recogniser reader at host gave an answer that is no JSON");
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("Quorvex", "Zibble", KEY);
  }

  @Test
  void shouldNotPrintAnAnswerOrAKey() {
    assertThat(new RemoteAccess.Reply(200, "Quorvex").toString()).doesNotContain("Quorvex");
  }
}
