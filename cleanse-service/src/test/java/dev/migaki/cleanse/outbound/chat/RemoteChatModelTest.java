package dev.migaki.cleanse.outbound.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.teacher.ChatModel.Reply;
import dev.migaki.datasets.teacher.TeacherSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RemoteChatModelTest {
  private static final String TEXT = "a passage about quizzical mongooses";
  private static final String KEY = "sk-quizzical";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MovableClock clock = new MovableClock();

  @Test
  void shouldSendAsClientsDoAndCountTokensWhenTeacherAnswers() {
    // Given
    try (StandIn server = answering(200, StandIn.completion("{\"pairs\":[]}", "stop"))) {
      // When
      Reply reply = ask(server.url(), "TEACHER_KEY");

      // Then
      assertThat(reply).isEqualTo(new Reply.Answer("{\"pairs\":[]}", 77));
      JsonNode body = server.bodies().get(0);
      assertThat(server.keys()).containsExactly("Bearer " + KEY);
      assertThat(body.path("model").asText()).isEqualTo("large-1");
      assertThat(body.path("messages").path(1).path("content").asText()).isEqualTo(TEXT);
      assertThat(body.path("max_tokens").asInt()).isEqualTo(600);
      assertThat(tokens("prompt")).isEqualTo(70);
      assertThat(tokens("completion")).isEqualTo(7);
      assertThat(passages("answered")).isEqualTo(1);
    }
  }

  @Test
  void shouldDoWithoutFieldsWhenModelRefusesThem() {
    // Given: as OpenAI's reasoning models do
    try (StandIn server =
        new StandIn(
            0,
            (exchange, body) -> {
              for (String field : List.of("max_tokens", "temperature")) {
                if (body.has(field)) {
                  StandIn.send(
                      exchange, 400, "{\"error\":{\"message\":\"x\",\"param\":\"" + field + "\"}}");
                  return;
                }
              }
              StandIn.send(exchange, 200, StandIn.completion("yes", "stop"));
            })) {
      RemoteChatModel model = model(4);

      // When
      Reply first = complete(model, server.url(), null);
      Reply second = complete(model, server.url(), null);

      // Then
      assertThat(first).isEqualTo(new Reply.Answer("yes", 77));
      assertThat(second).isEqualTo(first);
      assertThat(server.bodies()).hasSize(4);
      assertThat(server.bodies().get(3).path("max_completion_tokens").asInt()).isEqualTo(600);
    }
  }

  @Test
  void shouldRepeatTwiceWhenFailureMayPass() {
    // Given
    AtomicInteger requests = new AtomicInteger();
    List<Integer> statuses = List.of(429, 502, 200);
    try (StandIn server =
        new StandIn(
            0,
            (exchange, body) -> {
              exchange.getResponseHeaders().set("Retry-After", "0");
              StandIn.send(
                  exchange,
                  statuses.get(requests.getAndIncrement()),
                  StandIn.completion("yes", "stop"));
            })) {
      // When / Then
      assertThat(ask(server.url(), null)).isEqualTo(new Reply.Answer("yes", 77));
      assertThat(server.bodies()).hasSize(3);
    }
  }

  @Test
  void shouldGiveUpWithReasonWhenTeacherStaysBusy() {
    // Given
    try (StandIn server =
        new StandIn(
            0,
            (exchange, body) -> {
              exchange.getResponseHeaders().set("Retry-After", "0");
              StandIn.send(exchange, 429, "{\"error\":{\"message\":\"slow down\"}}");
            })) {
      // When / Then
      assertThat(ask(server.url(), null))
          .isEqualTo(new Reply.Failure(RejectReason.TEACHER_BUSY, true, 0));
      assertThat(server.bodies()).hasSize(3);
      assertThat(passages("teacher-busy")).isEqualTo(1);
    }
  }

  @Test
  void shouldNotWaitLongWhenTeacherWantsItTo() {
    // Given
    try (StandIn server =
        new StandIn(
            0,
            (exchange, body) -> {
              exchange.getResponseHeaders().set("Retry-After", "3600");
              StandIn.send(exchange, 503, "");
            })) {
      // When / Then
      assertThat(ask(server.url(), null))
          .isEqualTo(new Reply.Failure(RejectReason.TEACHER_UNREACHABLE, true, 0));
      assertThat(server.bodies()).hasSize(1);
    }
  }

  @Test
  void shouldLeaveTeacherAloneForAMinuteWhenItRefusesTheKey() {
    // Given
    try (StandIn server = answering(401, "{\"error\":{\"message\":\"bad key " + KEY + "\"}}")) {
      RemoteChatModel model = model(4);
      Reply.Failure refused = new Reply.Failure(RejectReason.TEACHER_REFUSED, true, 0);

      // When / Then
      assertThat(complete(model, server.url(), "TEACHER_KEY")).isEqualTo(refused);
      assertThat(complete(model, server.url(), "TEACHER_KEY")).isEqualTo(refused);
      assertThat(server.bodies()).hasSize(1);
      clock.now = clock.now.plusSeconds(61);
      assertThat(complete(model, server.url(), "TEACHER_KEY")).isEqualTo(refused);
      assertThat(server.bodies()).hasSize(2);
    }
  }

  @Test
  void shouldSendNothingWhenKeyIsMissingOrUnusable() {
    // Given
    try (StandIn server = answering(200, StandIn.completion("yes", "stop"))) {
      Reply.Failure missing = new Reply.Failure(RejectReason.TEACHER_KEY_MISSING, true, 0);

      // When / Then
      assertThat(ask(server.url(), "NOT_SET")).isEqualTo(missing);
      assertThat(ask(server.url(), "WITH_LINE_FEED")).isEqualTo(missing);
      assertThat(server.bodies()).isEmpty();
    }
  }

  @Test
  void shouldGiveUpInTimeWhenAnswerTrickles() {
    // Given: headers at once, then a byte now and then
    CountDownLatch done = new CountDownLatch(1);
    try (StandIn server =
        new StandIn(
            0,
            (exchange, body) -> {
              exchange.sendResponseHeaders(200, 0);
              OutputStream out = exchange.getResponseBody();
              while (!done.await(50, TimeUnit.MILLISECONDS)) {
                out.write(' ');
                out.flush();
              }
            })) {
      // When
      long start = System.nanoTime();
      Reply reply = ask(server.url(), null);

      // Then
      assertThat(reply).isEqualTo(new Reply.Failure(RejectReason.TEACHER_TIMEOUT, true, 0));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    } finally {
      done.countDown();
    }
  }

  @Test
  void shouldStopReadingWhenAnswerIsHuge() {
    // Given: some 400 MB, if it were read
    try (StandIn server =
        new StandIn(
            0,
            (exchange, body) -> {
              exchange.sendResponseHeaders(200, 0);
              byte[] part = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
              for (int i = 0; i < 6400; i++) {
                exchange.getResponseBody().write(part);
              }
            })) {
      // When / Then
      assertThat(ask(server.url(), null))
          .isEqualTo(new Reply.Failure(RejectReason.TEACHER_TOO_LONG, false, 0));
    }
  }

  @Test
  void shouldNameReasonAndCountTokensWhenAnswerIsCutOrNone() {
    // Given
    try (StandIn cut = answering(200, StandIn.completion("{\"pairs\":[{", "length"));
        StandIn other = answering(200, "<html>a proxy's page</html>");
        StandIn refusal =
            answering(
                200,
                "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"no\"}}],"
                    + "\"usage\":{\"prompt_tokens\":5}}")) {
      // When / Then
      assertThat(ask(cut.url(), null))
          .isEqualTo(new Reply.Failure(RejectReason.TEACHER_TOO_LONG, false, 77));
      assertThat(ask(other.url(), null))
          .isEqualTo(new Reply.Failure(RejectReason.TEACHER_UNREADABLE, false, 0));
      assertThat(ask(refusal.url(), null))
          .isEqualTo(new Reply.Failure(RejectReason.TEACHER_UNREADABLE, false, 5));
    }
  }

  @Test
  void shouldNotFollowWhenTeacherPointsElsewhere() {
    // Given
    try (StandIn elsewhere = answering(200, StandIn.completion("yes", "stop"));
        StandIn server =
            new StandIn(
                0,
                (exchange, body) -> {
                  exchange
                      .getResponseHeaders()
                      .set("Location", elsewhere.url() + "/chat/completions");
                  StandIn.send(exchange, 307, "");
                })) {
      // When / Then
      assertThat(ask(server.url(), "TEACHER_KEY"))
          .isEqualTo(new Reply.Failure(RejectReason.TEACHER_REFUSED, true, 0));
      assertThat(elsewhere.bodies()).isEmpty();
    }
  }

  @Test
  void shouldSayUnreachableWhenNobodyListens() {
    // Given
    URI url;
    try (StandIn server = answering(200, "")) {
      url = server.url();
    }

    // When / Then
    assertThat(ask(url, null))
        .isEqualTo(new Reply.Failure(RejectReason.TEACHER_UNREACHABLE, true, 0));
  }

  @Test
  void shouldRunAsManyRequestsAsAllowedAndNoMoreWhenManyAsk() throws Exception {
    // Given: each request waits for another one
    CyclicBarrier pair = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (StandIn server =
        new StandIn(
            0,
            (exchange, body) -> {
              try {
                pair.await(20, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              StandIn.send(exchange, 200, StandIn.completion("yes", "stop"));
            })) {
      RemoteChatModel model = model(2);

      // When
      List<Future<Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        replies.add(threads.submit(() -> complete(model, server.url(), null)));
      }

      // Then
      for (Future<Reply> reply : replies) {
        assertThat(reply.get()).isInstanceOf(Reply.Answer.class);
      }
      assertThat(server.mostRunning()).isEqualTo(2);
    } finally {
      threads.shutdownNow();
    }
  }

  private static StandIn answering(int status, String body) {
    return new StandIn(0, (exchange, request) -> StandIn.send(exchange, status, body));
  }

  private Reply ask(URI url, String keyVariable) {
    return complete(model(4), url, keyVariable);
  }

  private static Reply complete(RemoteChatModel model, URI url, String keyVariable) {
    TeacherSettings settings =
        new TeacherSettings(url, "large-1", keyVariable, 2, 20, Duration.ofSeconds(3), 50_000);
    return model.complete(settings, "instructions", TEXT, 600);
  }

  private RemoteChatModel model(int requests) {
    Map<String, String> environment = Map.of("TEACHER_KEY", KEY, "WITH_LINE_FEED", KEY + "\n");
    return new RemoteChatModel(
        new ObjectMapper(), new TeacherMetrics(registry), clock, requests, environment::get);
  }

  private double tokens(String kind) {
    return registry.get("migaki.cleanse.teacher.tokens").tag("kind", kind).counter().count();
  }

  private double passages(String outcome) {
    return registry
        .get("migaki.cleanse.teacher.passages")
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  private static final class MovableClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
