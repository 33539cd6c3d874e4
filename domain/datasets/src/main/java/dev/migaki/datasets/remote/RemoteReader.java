package dev.migaki.datasets.remote;

import static java.util.Objects.requireNonNull;

import dev.migaki.cleansing.recognition.DocumentRecognizer;
import dev.migaki.cleansing.recognition.FindingType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A second reader that a recipe names. */
public sealed interface RemoteReader {

  Service service();

  /** The recogniser that asks it. */
  DocumentRecognizer recognizer(RemoteAccess access);

  /**
   * Where and how to ask.
   *
   * @param name stands in findings, in the audit and in messages
   * @param url without a slash at its end
   * @param apiKeyVariable environment variable with the key, sent as a bearer token; null for none
   * @param timeout of one request, answer included
   * @param maxCharacters most UTF-16 characters of text in one request
   */
  record Service(
      String name, URI url, @Nullable String apiKeyVariable, Duration timeout, int maxCharacters) {
    public Service {
      requireNonNull(name, "name");
      requireNonNull(url, "url");
      requireNonNull(timeout, "timeout");
    }

    URI at(String path) {
      return URI.create(url + path);
    }
  }

  /**
   * Presidio's analyzer, by its REST API.
   *
   * @param languages ISO 639-1 codes; texts in other languages are not sent
   * @param threshold least score that it reports, 0 to 1
   * @param types its entity names and what they are here; others are ignored
   * @param onlyTypes whether to ask for these entities only
   */
  record Presidio(
      Service service,
      List<String> languages,
      double threshold,
      Map<String, FindingType> types,
      boolean onlyTypes)
      implements RemoteReader {
    public Presidio {
      requireNonNull(service, "service");
      languages = List.copyOf(languages);
      types = Map.copyOf(types);
    }

    @Override
    public DocumentRecognizer recognizer(RemoteAccess access) {
      return new PresidioRecognizer(this, access);
    }
  }

  /**
   * A language model behind OpenAI's chat completions.
   *
   * @param model its name there
   * @param types that it is asked for
   */
  record Model(Service service, String model, Set<FindingType> types) implements RemoteReader {
    public Model {
      requireNonNull(service, "service");
      requireNonNull(model, "model");
      types = Set.copyOf(types);
    }

    @Override
    public DocumentRecognizer recognizer(RemoteAccess access) {
      return new ModelRecognizer(this, access);
    }
  }
}
