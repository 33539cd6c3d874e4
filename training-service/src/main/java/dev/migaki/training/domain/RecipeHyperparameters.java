package dev.migaki.training.domain;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Hyperparameters as a recipe gives them: what it leaves out has the method's default, and {@code
 * auto} is decided by the data and the base model before a run is quoted (batch size and passes as
 * OpenAI's fine-tuning does it).
 *
 * <p>With method {@code dpo}, passes and learning rate that are left out are {@code auto} too: the
 * defaults are those of learning answers by heart.
 *
 * @param given values by key, all of them usable and meaningful to the method
 */
public record RecipeHyperparameters(Map<String, String> given) {
  private static final String AUTO = "auto";
  private static final Set<String> AUTOMATIC =
      Set.of("epochs", "learningRate", "batchTokens", "beta");

  /**
   * @throws IllegalArgumentException naming the key that is unknown, has an unusable value, or
   *     contradicts another
   */
  public RecipeHyperparameters {
    given = Map.copyOf(given);
    Map<String, String> reasons = known(given).meaningless();
    for (String key : new TreeMap<>(given).keySet()) {
      String reason = reasons.get(key);
      if (reason != null) {
        throw new IllegalArgumentException(
            "%s %s (method: %s); remove it or change the method"
                .formatted(key, reason, method(given)));
      }
    }
  }

  /**
   * What {@code auto} stands for with some data and base model.
   *
   * @param passTokens for a step of {@code batchTokens}, where the recipe says neither
   */
  public record Automatic(
      int epochs, double learningRate, int batchTokens, int passTokens, double beta) {}

  /** These with some replaced; an {@code auto} may become a number and the other way round. */
  public RecipeHyperparameters with(Map<String, String> changes) {
    Map<String, String> merged = new TreeMap<>(given);
    merged.putAll(changes);
    return new RecipeHyperparameters(merged);
  }

  /** Whether the recipe leaves the value of {@code key} to the data, in so many words. */
  public boolean isAutomatic(String key) {
    return AUTO.equals(given.get(key));
  }

  /** What is known without the data: {@code auto} values have the method's default. */
  public Hyperparameters known() {
    return known(given);
  }

  /** With every {@code auto} decided. */
  public Hyperparameters resolve(Automatic automatic) {
    Map<String, String> values = new TreeMap<>(given);
    if (known().prefers()) {
      values.putIfAbsent("epochs", AUTO);
      values.putIfAbsent("learningRate", AUTO);
    }
    if (isAutomatic("batchTokens")) {
      values.putIfAbsent("passTokens", Integer.toString(automatic.passTokens()));
    }
    values.replace("epochs", AUTO, Integer.toString(automatic.epochs()));
    values.replace("learningRate", AUTO, Double.toString(automatic.learningRate()));
    values.replace("batchTokens", AUTO, Integer.toString(automatic.batchTokens()));
    values.replace("beta", AUTO, Double.toString(automatic.beta()));
    return Hyperparameters.defaultsOf(method(given)).with(values);
  }

  private static Hyperparameters known(Map<String, String> given) {
    Map<String, String> values = new TreeMap<>(given);
    values.entrySet().removeIf(e -> e.getValue().equals(AUTO) && AUTOMATIC.contains(e.getKey()));
    return Hyperparameters.defaultsOf(method(given)).with(values);
  }

  private static String method(Map<String, String> given) {
    return given.getOrDefault("method", Hyperparameters.DEFAULTS.method());
  }
}
