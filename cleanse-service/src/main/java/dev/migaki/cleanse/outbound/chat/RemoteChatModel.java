package dev.migaki.cleanse.outbound.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cleanse.config.CleanseConfig;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.teacher.ChatModel;
import dev.migaki.datasets.teacher.TeacherSettings;
import dev.migaki.platform.http.AnswerTooLongException;
import dev.migaki.platform.http.JsonPost;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A teacher behind an OpenAI-compatible endpoint. At most so many requests run at once; what may
 * pass by itself (429, 5xx, a broken connection) is repeated twice. When that does not help, the
 * endpoint is left alone for a minute, so that a dead teacher costs the documents behind it no
 * time.
 */
@ApplicationScoped
public class RemoteChatModel implements ChatModel {
  private static final Logger LOG = Logger.getLogger(RemoteChatModel.class);
  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LEFT_ALONE = Duration.ofMinutes(1);
  private static final int BYTES_PER_TOKEN = 32;
  private static final int ENVELOPE_BYTES = 1 << 16;
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");

  /** What models may refuse, and do without. */
  private static final Set<String> OPTIONAL = Set.of("temperature", "response_format");

  private static final String MAX_TOKENS = "max_tokens";

  private final JsonPost http = JsonPost.waiting(List.of());
  private final ObjectMapper mapper;
  private final TeacherMetrics metrics;
  private final Clock clock;
  private final UnaryOperator<@Nullable String> environment;
  private final Semaphore requests;
  private final Map<Endpoint, Set<String>> refused = new ConcurrentHashMap<>();
  private final Map<Endpoint, Pause> pauses = new ConcurrentHashMap<>();

  private record Endpoint(String url, String model) {}

  private record Pause(RejectReason reason, Instant until) {}

  @Inject
  RemoteChatModel(ObjectMapper mapper, TeacherMetrics metrics, Clock clock, CleanseConfig config) {
    this(mapper, metrics, clock, config.teacherRequests(), System::getenv);
  }

  RemoteChatModel(
      ObjectMapper mapper,
      TeacherMetrics metrics,
      Clock clock,
      int requests,
      UnaryOperator<@Nullable String> environment) {
    this.mapper = mapper;
    this.metrics = metrics;
    this.clock = clock;
    if (requests < 1) {
      throw new IllegalArgumentException(
          "migaki.cleanse.teacher-requests must be at least 1 but is " + requests);
    }
    this.requests = new Semaphore(requests, true);
    this.environment = environment;
  }

  @Override
  public Reply complete(TeacherSettings teacher, String instructions, String text, int maxTokens) {
    Endpoint endpoint = new Endpoint(teacher.url().toString(), teacher.model());
    Reply reply;
    try {
      requests.acquire();
      try {
        reply = unlessPaused(endpoint, teacher, instructions, text, maxTokens);
      } finally {
        requests.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reply = failure(RejectReason.TEACHER_UNREACHABLE);
    }
    metrics.asked(reply instanceof Reply.Failure failed ? failed.reason().label() : "answered");
    return reply;
  }

  private Reply unlessPaused(
      Endpoint endpoint, TeacherSettings teacher, String instructions, String text, int maxTokens)
      throws InterruptedException {
    Pause pause = pauses.get(endpoint);
    if (pause != null && clock.instant().isBefore(pause.until())) {
      return failure(pause.reason());
    }
    @Nullable String key = null;
    if (teacher.apiKeyVariable() != null) {
      key = environment.apply(teacher.apiKeyVariable());
      if (key == null || !KEY.matcher(key).matches()) {
        return failure(RejectReason.TEACHER_KEY_MISSING);
      }
    }
    Reply reply = ask(endpoint, teacher, key, instructions, text, maxTokens);
    if (reply instanceof Reply.Failure failed && failed.isLasting()) {
      pauses.put(endpoint, new Pause(failed.reason(), clock.instant().plus(LEFT_ALONE)));
      LOG.warnf(
          "the teacher is left alone for %d s: reason=%s",
          LEFT_ALONE.toSeconds(), failed.reason().label());
    }
    return reply;
  }

  private Reply ask(
      Endpoint endpoint,
      TeacherSettings teacher,
      @Nullable String key,
      String instructions,
      String text,
      int maxTokens)
      throws InterruptedException {
    int mostBytes = ENVELOPE_BYTES + BYTES_PER_TOKEN * maxTokens;
    RejectReason reason = RejectReason.TEACHER_UNREACHABLE;
    Duration pause = FIRST_PAUSE;
    int attempt = 1;
    while (attempt <= ATTEMPTS) {
      String body = body(endpoint, instructions, text, maxTokens);
      try {
        JsonPost.Reply response =
            http.once(completions(teacher.url()), key, body, teacher.timeout(), mostBytes);
        int status = response.status();
        if (status / 100 == 2) {
          return read(response.body());
        }
        if (status == 400 && doesWithout(endpoint, response.body())) {
          continue; // at most once for each of the three fields
        }
        boolean passing = status == 408 || status == 409 || status == 429 || status >= 500;
        if (!passing) {
          return failure(RejectReason.TEACHER_REFUSED);
        }
        reason = status == 429 ? RejectReason.TEACHER_BUSY : RejectReason.TEACHER_UNREACHABLE;
        Duration wanted = retryAfter(response.retryAfter(), pause);
        if (wanted.compareTo(LONGEST_PAUSE) > 0) {
          return failure(reason);
        }
        pause = wanted;
      } catch (HttpTimeoutException e) {
        return failure(RejectReason.TEACHER_TIMEOUT);
      } catch (InterruptedIOException e) {
        return failure(RejectReason.TEACHER_UNREACHABLE);
      } catch (AnswerTooLongException e) {
        return new Reply.Failure(RejectReason.TEACHER_TOO_LONG, false, 0);
      } catch (IOException e) {
        reason = RejectReason.TEACHER_UNREACHABLE;
      }
      if (attempt < ATTEMPTS) {
        Thread.sleep(pause.toMillis());
      }
      pause = pause.multipliedBy(2);
      attempt++;
    }
    return failure(reason);
  }

  private static URI completions(URI base) {
    String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
    if (path.endsWith("/chat/completions")) {
      return base;
    }
    String root = path.isEmpty() ? "/v1" : path;
    return URI.create(
        base.getScheme() + "://" + base.getRawAuthority() + root + "/chat/completions");
  }

  private static Reply.Failure failure(RejectReason reason) {
    return new Reply.Failure(reason, true, 0);
  }

  private static Duration retryAfter(@Nullable String header, Duration otherwise) {
    return header != null && header.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(header))
        : otherwise;
  }

  private String body(Endpoint endpoint, String instructions, String text, int maxTokens) {
    Set<String> without = refused.getOrDefault(endpoint, Set.of());
    ObjectNode body = mapper.createObjectNode().put("model", endpoint.model());
    ArrayNode messages = body.putArray("messages");
    messages.addObject().put("role", "system").put("content", instructions);
    messages.addObject().put("role", "user").put("content", text);
    body.put(without.contains(MAX_TOKENS) ? "max_completion_tokens" : MAX_TOKENS, maxTokens);
    if (!without.contains("temperature")) {
      body.put("temperature", 0);
    }
    if (!without.contains("response_format")) {
      body.putObject("response_format").put("type", "json_object");
    }
    return body.toString();
  }

  /** Whether the endpoint named a field that it does not know and that can go. */
  private boolean doesWithout(Endpoint endpoint, String body) {
    String field = json(body).path("error").path("param").asText();
    return (OPTIONAL.contains(field) || field.equals(MAX_TOKENS))
        && refused.computeIfAbsent(endpoint, e -> ConcurrentHashMap.newKeySet()).add(field);
  }

  private Reply read(String body) {
    JsonNode answer = json(body);
    JsonNode usage = answer.path("usage");
    int prompt = Math.max(0, usage.path("prompt_tokens").asInt());
    int completion = Math.max(0, usage.path("completion_tokens").asInt());
    metrics.used(prompt, completion);
    JsonNode choice = answer.path("choices").path(0);
    JsonNode content = choice.path("message").path("content");
    if (choice.path("finish_reason").asText().equals("length")) {
      return new Reply.Failure(RejectReason.TEACHER_TOO_LONG, false, prompt + completion);
    }
    return content.isTextual()
        ? new Reply.Answer(content.asText(), prompt + completion)
        : new Reply.Failure(RejectReason.TEACHER_UNREADABLE, false, prompt + completion);
  }

  private JsonNode json(String body) {
    try {
      return mapper.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // the parser's message would quote the body
    }
  }
}
