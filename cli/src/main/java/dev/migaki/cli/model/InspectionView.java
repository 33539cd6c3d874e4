package dev.migaki.cli.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cli.terminal.TextTable;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.inspection.MemoryEstimate;
import dev.migaki.lm.inspection.ModelInspection;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.RopeScaling;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A model directory as a person or a program reads it. */
public final class InspectionView {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ModelInspection model;

  public InspectionView(ModelInspection model) {
    this.model = model;
  }

  /** For a terminal. */
  public List<String> lines() {
    ModelConfig config = model.config();
    MemoryEstimate memory = model.memory();
    String step = ", %d tokens a step)".formatted(MemoryEstimate.BATCH_TOKENS);
    return TextTable.ofText()
        .row("family", config.variant().family().modelType())
        .row("parameters", number(config.parameterCount()))
        .row("shape", shape(config))
        .row("context", number(config.maxPositions()) + " tokens" + scaling(config))
        .row(
            "vocabulary",
            "%s rows, tokenizer %s ids (%s)"
                .formatted(
                    number(config.vocabularySize()),
                    number(model.tokenizer().vocabularySize()),
                    model.tokenizer().model()))
        .row("head", config.tiedEmbeddings() ? "tied to the embedding" : "its own")
        .row("chat template", template())
        .row("weights", size(model.weightBytes()) + " in " + files() + ", " + types())
        .row("memory to answer", size(memory.answerBytes()) + " (float32, one full context)")
        .row(
            "memory for LoRA",
            size(memory.loraBytes()) + " (float32, rank " + model.adapter().rank() + step)
        .row("memory for full", size(memory.fullBytes()) + " (float32" + step)
        .lines();
  }

  private static String shape(ModelConfig config) {
    return "%d layers, width %d, feed-forward %d, %d query and %d key heads of %d"
        .formatted(
            config.layers(),
            config.hiddenSize(),
            config.intermediateSize(),
            config.heads(),
            config.keyValueHeads(),
            config.headSize());
  }

  private static String scaling(ModelConfig config) {
    RopeScaling scaling = config.variant().ropeScaling();
    return scaling instanceof RopeScaling.None ? "" : " (rope " + scaling.type() + ")";
  }

  private String files() {
    int files = model.weightFiles().size();
    return files == 1 ? "1 file" : files + " files";
  }

  private String template() {
    return switch (model.tokenizer().template()) {
      case OWN_FILE -> "chat_template.jinja";
      case TOKENIZER_CONFIG -> "tokenizer_config.json";
      case CHATML_FALLBACK -> "none in the directory; ChatML is used";
    };
  }

  private String types() {
    return model.storedValues().keySet().stream()
        .map(ElementType::tag)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String size(long bytes) {
    return bytes < 1L << 30
        ? String.format(Locale.ROOT, "%.0f MiB", bytes / 1048576.0)
        : String.format(Locale.ROOT, "%.1f GiB", bytes / 1073741824.0);
  }

  /** One JSON object. */
  public String json() {
    ModelConfig config = model.config();
    ObjectNode json = JSON.createObjectNode();
    json.put("directory", model.directory().toString())
        .put("family", config.variant().family().modelType())
        .put("parameters", config.parameterCount())
        .put("contextTokens", config.maxPositions())
        .put("ropeScaling", config.variant().ropeScaling().type())
        .put("layers", config.layers())
        .put("hiddenSize", config.hiddenSize())
        .put("intermediateSize", config.intermediateSize())
        .put("heads", config.heads())
        .put("keyValueHeads", config.keyValueHeads())
        .put("headSize", config.headSize())
        .put("vocabularyRows", config.vocabularySize())
        .put("tokenizerIds", model.tokenizer().vocabularySize())
        .put("tokenizerModel", model.tokenizer().model())
        .put("tiedEmbeddings", config.tiedEmbeddings())
        .put("chatTemplate", model.tokenizer().template().name().toLowerCase(Locale.ROOT))
        .put("weightFiles", model.weightFiles().size())
        .put("weightBytes", model.weightBytes());
    ObjectNode values = json.putObject("storedValues");
    for (Map.Entry<ElementType, Long> entry : model.storedValues().entrySet()) {
      values.put(entry.getKey().tag(), entry.getValue());
    }
    json.putObject("memoryBytes")
        .put("answer", model.memory().answerBytes())
        .put("lora", model.memory().loraBytes())
        .put("full", model.memory().fullBytes())
        .put("loraRank", model.adapter().rank())
        .put("batchTokens", MemoryEstimate.BATCH_TOKENS);
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("an object of plain fields is always JSON", e);
    }
  }
}
