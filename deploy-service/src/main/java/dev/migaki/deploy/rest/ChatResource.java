package dev.migaki.deploy.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.deploy.Registry;
import dev.migaki.deploy.config.DeployConfig;
import dev.migaki.deploy.domain.ChatModels;
import dev.migaki.deploy.domain.ChatModels.Answer;
import dev.migaki.deploy.domain.ChatModels.Drawing;
import dev.migaki.deploy.domain.ChatModels.ModelSource;
import dev.migaki.deploy.domain.ChatModels.Penalties;
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
import java.util.function.Predicate;
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
          new ChatCompletionChunk.Maker(id, created, request.modelName(), request.wantsUsage());
      requireRoom(model, conversation);
      StreamingOutput body = out -> stream(out, chunks, model, conversation, settings);
      return Response.ok(body, MediaType.SERVER_SENT_EVENTS)
          .header("Cache-Control", "no-cache")
          .build();
    }
    List<Answer> answers = ask(model, conversation, settings, piece -> true);
    List<ChatCompletion.Choice> choices = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Answer answer = answers.get(i);
      choices.add(
          ChatCompletion.choice(
              i, answer.text(), Logprobs.of(settings, answer.scores()), finishReason(answer)));
    }
    return Response.ok(
            new ChatCompletion(id, created, request.modelName(), choices, usage(answers)),
            MediaType.APPLICATION_JSON)
        .build();
  }

  /** Once a stream has begun, an error could only break it off. */
  private void requireRoom(ModelSource model, List<Turn> conversation) {
    try {
      models.requireRoom(model, conversation);
    } catch (ChatModels.PromptTooLong e) {
      throw OpenAiException.contextLengthExceeded(e.contextTokens(), e.promptTokens());
    }
  }

  private void stream(
      OutputStream out,
      ChatCompletionChunk.Maker chunks,
      ModelSource model,
      List<Turn> conversation,
      Settings settings)
      throws IOException {
    for (int i = 0; i < settings.choices(); i++) {
      send(out, chunks.opening(i));
    }
    List<Answer> answers =
        ask(
            model,
            conversation,
            settings,
            piece -> {
              try {
                send(
                    out,
                    chunks.text(
                        piece.choice(), piece.text(), Logprobs.of(settings, piece.scores())));
                return true;
              } catch (IOException e) {
                // the client has gone: nobody wants the rest of the answer
                return false;
              }
            });
    for (int i = 0; i < answers.size(); i++) {
      send(out, chunks.closing(i, finishReason(answers.get(i))));
    }
    if (chunks.withUsage()) {
      send(out, chunks.usage(usage(answers)));
    }
    out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void send(OutputStream out, ChatCompletionChunk chunk) throws IOException {
    out.write(
        ("data: " + mapper.writeValueAsString(chunk) + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** The prompt counts once, however many answers it gets. */
  private static ChatCompletion.Usage usage(List<Answer> answers) {
    return ChatCompletion.Usage.of(
        answers.get(0).promptTokens(),
        answers.get(0).cachedTokens(),
        answers.stream().mapToInt(Answer::completionTokens).sum());
  }

  private List<Answer> ask(
      ModelSource model,
      List<Turn> conversation,
      Settings settings,
      Predicate<ChatModels.Piece> pieces) {
    Instant started = clock.instant();
    try {
      List<Answer> answers = models.answer(model, conversation, settings, pieces);
      ChatCompletion.Usage counts = usage(answers);
      usage.count(
          LocalDate.ofInstant(started, ZoneOffset.UTC),
          model.id(),
          counts.promptTokens(),
          counts.completionTokens());
      metrics.answered(counts, started, clock.instant());
      return answers;
    } catch (ChatModels.PromptTooLong e) {
      throw OpenAiException.contextLengthExceeded(e.contextTokens(), e.promptTokens());
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
        request.choices(),
        request.tokenLimit() == null
            ? Integer.valueOf(config.defaultMaxTokens())
            : request.tokenLimit(),
        new Drawing(
            or(request.temperature(), 0),
            or(request.topP(), 1),
            request.topK() == null ? 0 : request.topK(),
            or(request.minP(), 0),
            request.seed() == null ? 0 : request.seed()),
        new Penalties(
            or(request.presencePenalty(), 0),
            or(request.frequencyPenalty(), 0),
            or(request.repetitionPenalty(), 1)),
        request.logitBiases(),
        request.stops(),
        request.reportedAlternatives(),
        request.wantsJson());
  }

  private static double or(@Nullable Double value, double otherwise) {
    return value == null ? otherwise : value;
  }

  private static String finishReason(Answer answer) {
    return answer.endedByLimit() ? "length" : "stop";
  }
}
