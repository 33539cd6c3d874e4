package dev.migaki.cli.model;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Messages of the model's processes in the words of the command line. Those processes read files
 * and name their fields; a person typed options.
 */
public final class OptionNames {
  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry("baseModelDirectory", "DIR"),
          Map.entry("trainFile", "--data"),
          Map.entry("inputFile", "--data"),
          Map.entry("validationFile", "--validation"),
          Map.entry("outputDirectory", "--output"),
          Map.entry("progressFile", "--metrics"),
          Map.entry("adapterDirectory", "--adapter"),
          Map.entry("elementType", "--type"),
          Map.entry("maxNewTokens", "--max-tokens"),
          Map.entry("maxTokens", "--max-tokens"),
          Map.entry("temperature", "--temperature"),
          Map.entry("topP", "--top-p"),
          Map.entry("prompt", "PROMPT"),
          Map.entry("system", "--system"),
          Map.entry("raw", "--raw"),
          Map.entry("method", "--method"),
          Map.entry("beta", "--beta"),
          Map.entry("allWeights", "--all-weights"),
          Map.entry("epochs", "--epochs"),
          Map.entry("learningRate", "--learning-rate"),
          Map.entry("batchTokens", "--batch-tokens"),
          Map.entry("passTokens", "--pass-tokens"),
          Map.entry("rank", "--rank"),
          Map.entry("alpha", "--alpha"),
          Map.entry("dropout", "--dropout"),
          Map.entry("trainEmbeddings", "--train-embeddings"),
          Map.entry("initialAdapterDirectory", "--continue"),
          Map.entry("earlierFiles", "--earlier"),
          Map.entry("replayShare", "--replay"),
          Map.entry("elasticStrength", "--ewc"),
          Map.entry("earlyStoppingPatience", "--patience"),
          Map.entry("maxSeconds", "--max-seconds"),
          Map.entry("warmupRatio", "--warmup"),
          Map.entry("schedule", "--schedule"),
          Map.entry("weightDecay", "--weight-decay"),
          Map.entry("clipNorm", "--clip"),
          Map.entry("seed", "--seed"),
          Map.entry("threads", "--threads"),
          Map.entry("precision", "--precision"),
          Map.entry("checkpointEverySteps", "--checkpoint-every"),
          Map.entry("exampleLosses", "--example-losses"));

  /** A field that is said to be one, a name in camel case that is no part of a path, a method. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:job|task) field '(?<field>\\w+)'"
              + "|(?<![\\w/.-])'?(?<bare>[a-z]+[A-Z]\\w*)'?(?![\\w/-])"
              + "|^(?<first>temperature)(?= must)"
              + "|(?<![\\w/-])method (?<method>lora|full|dpo)\\b");

  private OptionNames() {}

  /** A message with options in place of fields. */
  public static String in(String message) {
    return NAMED.matcher(message).replaceAll(OptionNames::replacement);
  }

  private static String replacement(MatchResult found) {
    for (int group = 1; group <= 3; group++) {
      String field = found.group(group);
      if (field != null) {
        return OPTIONS.getOrDefault(field, "$0");
      }
    }
    return "--method $4";
  }
}
