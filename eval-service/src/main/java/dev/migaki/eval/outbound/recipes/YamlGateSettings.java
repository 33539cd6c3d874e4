package dev.migaki.eval.outbound.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.migaki.eval.config.EvalConfig;
import dev.migaki.eval.domain.GateSettings;
import dev.migaki.metrics.PromotionGate;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.PermanentFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the {@code gate} block of a recipe file. */
@ApplicationScoped
public class YamlGateSettings implements GateSettings.Source {
  private static final ErrorCode RECIPE_INVALID = new ErrorCode("RECIPE_INVALID");

  private final YAMLMapper mapper = new YAMLMapper();
  private final Path directory;

  YamlGateSettings(EvalConfig config) {
    this.directory = config.recipesDirectory();
  }

  @Override
  public GateSettings of(String dataset) {
    Path own = directory.resolve(dataset + ".yaml");
    Path file =
        own.normalize().startsWith(directory.normalize()) && Files.exists(own)
            ? own
            : directory.resolve("default.yaml");
    if (!Files.exists(file)) {
      return GateSettings.DEFAULTS;
    }
    try {
      return read(mapper.readTree(file.toFile()).path("gate"));
    } catch (IOException | IllegalArgumentException e) {
      throw new PermanentFailure(
          RECIPE_INVALID, "recipe " + file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  private static GateSettings read(JsonNode gate) {
    GateSettings defaults = GateSettings.DEFAULTS;
    PromotionGate.Thresholds limits = defaults.thresholds();
    return new GateSettings(
        new PromotionGate.Thresholds(
            gate.path("minAnsweredRight").asDouble(limits.minAnsweredRight()),
            gate.path("maxConfidentWrong").asDouble(limits.maxConfidentWrong()),
            gate.path("minQuestions").asInt(limits.minQuestions())),
        gate.path("fewShotExamples").asInt(defaults.fewShotExamples()),
        gate.path("maxNewTokens").asInt(defaults.maxNewTokens()),
        gate.path("maxQuestions").asInt(defaults.maxQuestions()));
  }
}
