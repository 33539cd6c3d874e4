package dev.migaki.cleanse.outbound.recognizers;

import dev.migaki.cleanse.domain.SecondReaders;
import dev.migaki.cleansing.recognition.DocumentRecognizer;
import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.Passage;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.datasets.remote.RemoteAccess;
import dev.migaki.datasets.remote.RemoteFailure;
import dev.migaki.platform.http.JsonPost;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.platform.stage.TransientFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Second readers over HTTP. While one does not read, its dataset's documents are set aside and
 * tried again; only a document whose request it refuses, or for which it never gives a usable
 * answer, becomes a dead letter.
 */
@ApplicationScoped
public class HttpSecondReaders implements SecondReaders, RemoteAccess {
  private static final Logger LOG = Logger.getLogger(HttpSecondReaders.class);
  private static final ErrorCode UNAVAILABLE = new ErrorCode("RECOGNIZER_UNAVAILABLE");
  private static final ErrorCode KEY_REFUSED = new ErrorCode("RECOGNIZER_KEY_REFUSED");
  private static final ErrorCode NOT_FOUND = new ErrorCode("RECOGNIZER_NOT_FOUND");
  private static final ErrorCode REFUSED_REQUEST = new ErrorCode("RECOGNIZER_REFUSED_REQUEST");
  private static final ErrorCode ANSWER_UNUSABLE = new ErrorCode("RECOGNIZER_ANSWER_UNUSABLE");

  private final JsonPost http;
  private final UnaryOperator<@Nullable String> environment;

  @Inject
  HttpSecondReaders() {
    this(JsonPost.patient(), System::getenv);
  }

  /**
   * @param environment from the name of a variable to its value, null if it is not set
   */
  HttpSecondReaders(JsonPost http, UnaryOperator<@Nullable String> environment) {
    this.http = http;
    this.environment = environment;
  }

  @Override
  public List<DocumentRecognizer> of(DatasetRecipe recipe) {
    return recipe.readers().stream().map(reader -> translating(reader.recognizer(this))).toList();
  }

  @Override
  public @Nullable String variable(String name) {
    return environment.apply(name);
  }

  @Override
  public Reply post(URI url, @Nullable String key, String json, Duration timeout)
      throws IOException {
    JsonPost.Reply reply = http.post(url, key, json, timeout);
    return new Reply(reply.status(), reply.body());
  }

  private static DocumentRecognizer translating(DocumentRecognizer recognizer) {
    return passages -> recognized(recognizer, passages);
  }

  private static List<List<Finding>> recognized(
      DocumentRecognizer recognizer, List<Passage> passages) {
    try {
      return recognizer.recognize(passages);
    } catch (RemoteFailure e) {
      LOG.warn(e.getMessage()); // names reader, host and problem, never text or key
      throw failure(e);
    }
  }

  private static RuntimeException failure(RemoteFailure e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.problem()) {
      case UNAVAILABLE -> new TransientFailure(UNAVAILABLE, message, e);
      case KEY -> new TransientFailure(KEY_REFUSED, message, e);
      case ADDRESS -> new TransientFailure(NOT_FOUND, message, e);
      case REQUEST -> new PermanentFailure(REFUSED_REQUEST, message, e);
      case ANSWER -> TransientFailure.bounded(ANSWER_UNUSABLE, message);
    };
  }
}
