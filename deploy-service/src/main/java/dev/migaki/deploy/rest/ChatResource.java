package dev.migaki.deploy.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.deploy.Registry;
import dev.migaki.deploy.config.DeployConfig;
import dev.migaki.deploy.domain.ChatModels;
import dev.migaki.deploy.domain.ChatModels.Answer;
import dev.migaki.deploy.domain.ChatModels.ModelSource;
import dev.migaki.deploy.domain.ChatModels.Settings;
import dev.migaki.deploy.domain.ChatModels.Turn;
import dev.migaki.deploy.persistence.UsageRepository;
import dev.migaki.platform.openai.ChatCompletion;
import dev.migaki.platform.openai.ChatCompletionChunk;
import dev.migaki.platform.openai.ChatCompletionRequest;
import dev.migaki.platform.openai.OpenAiException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/chat/completions}, whole or streamed. */
@Path("/v1/chat/completions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.WILDCARD)
@Blocking
public class ChatResource {
  private final Registry registry;
  private final ChatModels models;
  private final UsageRepository usage;
  private final DeployConfig config;
  private final ServingMetrics metrics;
  private final ObjectMapper mapper;
  private final Clock clock;

  ChatResource(
      Registry registry,
      ChatModels models,
      UsageRepository usage,
      DeployConfig config,
      ServingMetrics metrics,
      ObjectMapper mapper,
      Clock clock) {
    this.registry = registry;
    this.models = models;
    this.usage = usage;
    this.config = config;
    this.metrics = metrics;
    this.mapper = mapper;
    this.clock = clock;
  }

  @POST
  public Response complete(@Nullable ChatCompletionRequest request) {
    if (request == null) {
      throw OpenAiException.invalidRequest("body", "the request needs a JSON body.");
    }
    request.validate();
    ModelSource model =
        registry
            .resolve(request.modelName())
            .orElseThrow(() -> OpenAiException.modelNotFound(request.modelName()));
    List<Turn> conversation = conversation(request);
    Settings settings = settings(request);
    String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
    long created = clock.instant().getEpochSecond();
    if (request.isStreamed()) {
      ChatCompletionChunk.Maker chunks =
          new ChatCompletionChunk.Maker(id, created, request.modelName());
      StreamingOutput body =
          out -> stream(out, chunks, model, conversation, settings, request.wantsUsage());
      return Response.ok(body, MediaType.SERVER_SENT_EVENTS)
          .header("Cache-Control", "no-cache")
          .build();
    }
    Answer answer = ask(model, conversation, settings, piece -> true);
    return Response.ok(
            ChatCompletion.of(
                id,
                created,
                request.modelName(),
                answer.text(),
                finishReason(answer),
                ChatCompletion.Usage.of(answer.promptTokens(), answer.completionTokens())),
            MediaType.APPLICATION_JSON)
        .build();
  }

  private void stream(
      OutputStream out,
      ChatCompletionChunk.Maker chunks,
      ModelSource model,
      List<Turn> conversation,
      Settings settings,
      boolean withUsage)
      throws IOException {
    send(out, chunks.opening());
    Answer answer =
        ask(
            model,
            conversation,
            settings,
            piece -> {
              try {
                send(out, chunks.text(piece));
                return true;
              } catch (IOException e) {
                // the client has gone: nobody wants the rest of the answer
                return false;
              }
            });
    send(out, chunks.closing(finishReason(answer)));
    if (withUsage) {
      send(
          out,
          chunks.usage(ChatCompletion.Usage.of(answer.promptTokens(), answer.completionTokens())));
    }
    out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void send(OutputStream out, ChatCompletionChunk chunk) throws IOException {
    out.write(
        ("data: " + mapper.writeValueAsString(chunk) + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private Answer ask(
      ModelSource model,
      List<Turn> conversation,
      Settings settings,
      java.util.function.Predicate<String> pieces) {
    Instant started = clock.instant();
    try {
      Answer answer = models.answer(model, conversation, settings, pieces);
      usage.count(
          LocalDate.ofInstant(started, ZoneOffset.UTC),
          model.id(),
          answer.promptTokens(),
          answer.completionTokens());
      metrics.answered(answer, started, clock.instant());
      return answer;
    } catch (ChatModels.PromptTooLong e) {
      throw OpenAiException.contextLengthExceeded(String.valueOf(e.getMessage()));
    }
  }

  private static List<Turn> conversation(ChatCompletionRequest request) {
    List<Turn> turns = new ArrayList<>();
    List<ChatCompletionRequest.Message> messages = request.conversation();
    for (int i = 0; i < messages.size(); i++) {
      turns.add(new Turn(messages.get(i).speaker(), messages.get(i).text(i)));
    }
    return turns;
  }

  /**
   * Without a temperature the likeliest answer is given: a company's facts are not a matter of
   * chance.
   */
  private Settings settings(ChatCompletionRequest request) {
    return new Settings(
        request.tokenLimit() == null
            ? Integer.valueOf(config.defaultMaxTokens())
            : request.tokenLimit(),
        request.temperature() == null ? 0 : request.temperature(),
        request.topP() == null ? 1 : request.topP(),
        request.stops(),
        request.seed() == null ? 0 : request.seed());
  }

  private static String finishReason(Answer answer) {
    return answer.endedByLimit() ? "length" : "stop";
  }
}
