package dev.migaki.datasets.teacher;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.ContentHash;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code teacher} block of a recipe: which model is asked for further pairs, and how much.
 *
 * @param url of an OpenAI-compatible endpoint, such as {@code https://api.openai.com/v1}
 * @param model its name there
 * @param apiKeyVariable environment variable that holds the key; null where none is needed
 * @param pairsPerPassage most pairs of one passage, 1 to 20
 * @param maxPassagesPerDocument most passages of one document, 1 to 1000
 * @param timeout of one request, the whole answer included; 1 s to 10 min
 * @param maxTokensPerDocument most tokens sent and received for one document
 */
public record TeacherSettings(
    URI url,
    String model,
    @Nullable String apiKeyVariable,
    int pairsPerPassage,
    int maxPassagesPerDocument,
    Duration timeout,
    int maxTokensPerDocument) {
  private static final int TOKENS_PER_PAIR = 300;
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern MODEL = Pattern.compile("[\\x21-\\x7e]{1,200}");

  public TeacherSettings {
    requireNonNull(url, "url");
    requireNonNull(model, "model");
    requireNonNull(timeout, "timeout");
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web || url.getHost() == null) {
      throw new IllegalArgumentException("teacher.url must be an http or https address");
    }
    if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
      throw new IllegalArgumentException(
          "teacher.url must have no user, query or fragment: the key stands in an environment"
              + " variable, which teacher.apiKeyVariable names");
    }
    if (!MODEL.matcher(model).matches()) {
      throw new IllegalArgumentException(
          "teacher.model must be 1 to 200 ASCII characters without spaces");
    }
    if (apiKeyVariable != null && !VARIABLE.matcher(apiKeyVariable).matches()) {
      // whoever writes the key itself here must not find it in a log
      throw new IllegalArgumentException(
          "teacher.apiKeyVariable must be the name of an environment variable (letters, digits and"
              + " _), not the key");
    }
    requireBetween(pairsPerPassage, 1, 20, "pairsPerPassage");
    requireBetween(maxPassagesPerDocument, 1, 1000, "maxPassagesPerDocument");
    requireBetween(maxTokensPerDocument, 1000, 10_000_000, "maxTokensPerDocument");
    if (timeout.compareTo(Duration.ofSeconds(1)) < 0
        || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException(
          "teacher.timeout must be from PT1S to PT10M but is " + timeout);
    }
  }

  /** Most tokens of one answer. */
  int maxAnswerTokens() {
    return TOKENS_PER_PAIR * pairsPerPassage;
  }

  /** Adds all that an answer depends on. */
  ContentHash identify(ContentHash hash) {
    return hash.add(url.toString())
        .add(model)
        .add(Integer.toString(pairsPerPassage))
        .add(Integer.toString(maxPassagesPerDocument))
        .add(Integer.toString(maxTokensPerDocument));
  }

  private static void requireBetween(int value, int least, int most, String key) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "teacher.%s must be from %d to %d but is %d".formatted(key, least, most, value));
    }
  }
}
