package dev.migaki.training.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/**
 * The part of a dataset's recipe that training reads.
 *
 * @param provider who trains; {@code local} is this installation
 * @param baseModel name of a directory below the models directory
 * @param hyperparameters how to tune
 * @param budget what a run and a month may cost
 * @param price what the provider takes
 * @param retrain when a sealed version earns a run
 */
public record TrainingRecipe(
    String provider,
    String baseModel,
    RecipeHyperparameters hyperparameters,
    Budget budget,
    Price price,
    RetrainRules retrain) {

  public static final TrainingRecipe DEFAULTS =
      new TrainingRecipe(
          "local",
          "quick-start",
          new RecipeHyperparameters(Map.of()),
          new Budget("USD", 5, 100),
          new Price(0, 0.05),
          new RetrainRules(10, Duration.ZERO, StartFrom.PREVIOUS, 0, 0, Map.of()));

  public TrainingRecipe {
    requireNonNull(provider, "provider");
    requireNonNull(baseModel, "baseModel");
    requireNonNull(hyperparameters, "hyperparameters");
    requireNonNull(budget, "budget");
    requireNonNull(price, "price");
    requireNonNull(retrain, "retrain");
  }

  /**
   * The money that may be spent.
   *
   * @param currency ISO 4217 code of all amounts of the recipe
   * @param perRun largest amount of one run
   * @param perMonth largest amount of a calendar month (UTC) per dataset
   */
  public record Budget(String currency, double perRun, double perMonth) {
    public Budget {
      requireNonNull(currency, "currency");
    }
  }

  /**
   * The price table.
   *
   * @param perMillionTokens what a million trained tokens cost at the provider
   * @param perHour what an hour of the own machine is put down as
   */
  public record Price(double perMillionTokens, double perHour) {}

  /**
   * When a version is worth a run.
   *
   * @param minExamples training examples that a version needs (10 is the least that the OpenAI API
   *     takes)
   * @param minInterval shortest time between the starts of two runs of a dataset
   * @param from where the run of a later version starts
   * @param replayShare share of each earlier version's examples that is trained again, 0..1; what
   *     the new version answers itself is never replayed
   * @param elasticStrength λ of elastic weight consolidation: how strongly weights that matter for
   *     the previous version's answers are held; 0 for none
   * @param hyperparameters what differs from the first run's when a run starts from the previous
   *     model: it has less to learn
   */
  public record RetrainRules(
      int minExamples,
      Duration minInterval,
      StartFrom from,
      double replayShare,
      double elasticStrength,
      Map<String, String> hyperparameters) {
    public RetrainRules {
      requireNonNull(minInterval, "minInterval");
      requireNonNull(from, "from");
      hyperparameters = Map.copyOf(hyperparameters);
      require(replayShare >= 0 && replayShare <= 1, "replayShare must be 0 to 1, or auto");
      require(elasticStrength >= 0, "elasticStrength must be 0 or more");
      require(
          elasticStrength == 0 || from == StartFrom.PREVIOUS,
          "elasticStrength holds the previous model's weights, which a run from the base does not"
              + " have; set from: previous or remove it");
    }

    private static void require(boolean holds, String otherwise) {
      if (!holds) {
        throw new IllegalArgumentException("retrain." + otherwise);
      }
    }

    /** Whether runs have to know the dataset's earlier versions. */
    public boolean remembers() {
      return replayShare > 0 || elasticStrength > 0;
    }
  }

  /** Where the run of a later version starts (docs/adr/0006). */
  public enum StartFrom {
    /** At the model of the dataset's last run; it knows most of the answers already. */
    PREVIOUS,
    /** At the base model, as if the dataset were new. */
    BASE
  }

  /** This recipe as a run that goes on from the previous model uses it. */
  public TrainingRecipe forContinuation() {
    return withHyperparameters(hyperparameters.with(retrain.hyperparameters()));
  }

  /** This recipe with other hyperparameters. */
  public TrainingRecipe withHyperparameters(RecipeHyperparameters changed) {
    return new TrainingRecipe(provider, baseModel, changed, budget, price, retrain);
  }
}
