package dev.migaki.training.domain;

import static java.util.Objects.requireNonNull;

/**
 * What a run will cost, before anything is spent.
 *
 * @param tokensPerEpoch tokens that one pass over the training file shows to the model
 * @param trainedTokens tokens of all epochs, the number that providers bill
 * @param estimatedSeconds expected running time, within the recipe's time limit
 * @param amount money in {@code currency}
 * @param currency ISO 4217 code
 * @param refusal why the run must not start, or an empty text
 */
public record Quote(
    long tokensPerEpoch,
    long trainedTokens,
    double estimatedSeconds,
    double amount,
    String currency,
    String refusal) {

  public Quote {
    requireNonNull(currency, "currency");
    requireNonNull(refusal, "refusal");
  }

  /** Whether the run may start. */
  public boolean withinBudget() {
    return refusal.isEmpty();
  }

  /**
   * Quotes a run.
   *
   * @param tokensPerEpoch tokens of the training file
   * @param parameters passes and time limit
   * @param recipe price table and budget
   * @param tokensPerSecond speed to expect, above 0
   * @param spentThisMonth what the dataset's runs have cost in this month
   */
  public static Quote of(
      long tokensPerEpoch,
      Hyperparameters parameters,
      TrainingRecipe recipe,
      double tokensPerSecond,
      double spentThisMonth) {
    long trainedTokens = tokensPerEpoch * parameters.epochs();
    double seconds = trainedTokens / tokensPerSecond;
    if (parameters.maxSeconds() > 0 && seconds > parameters.maxSeconds()) {
      trainedTokens = Math.round(trainedTokens * (parameters.maxSeconds() / seconds));
      seconds = parameters.maxSeconds();
    }
    double amount =
        trainedTokens / 1e6 * recipe.price().perMillionTokens()
            + seconds / 3600 * recipe.price().perHour();
    return new Quote(
        tokensPerEpoch,
        trainedTokens,
        seconds,
        amount,
        recipe.budget().currency(),
        refusal(amount, spentThisMonth, recipe.budget()));
  }

  private static String refusal(
      double amount, double spentThisMonth, TrainingRecipe.Budget budget) {
    if (amount > budget.perRun()) {
      return "the run is quoted at %.2f %s, the recipe allows %.2f per run"
          .formatted(amount, budget.currency(), budget.perRun());
    }
    if (amount + spentThisMonth > budget.perMonth()) {
      return "the run is quoted at %.2f %s and %.2f are spent this month, the recipe allows %.2f per month"
          .formatted(amount, budget.currency(), spentThisMonth, budget.perMonth());
    }
    return "";
  }
}
