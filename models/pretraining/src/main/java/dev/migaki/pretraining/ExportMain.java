package dev.migaki.pretraining;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Writes a pre-trained model as it is shipped: {@code ExportMain RUN TARGET}. The target gets
 * weights in bfloat16, the configuration, the tokenizer with its ChatML template and the generation
 * defaults.
 */
public final class ExportMain {
  private static final String CHAT_TEMPLATE =
      "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>'"
          + " + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ExportMain() {}

  /**
   * @throws IOException when the run is incomplete or the target cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("usage: ExportMain RUN TARGET");
    }
    Path run = Path.of(arguments[0]);
    Path target = Path.of(arguments[1]);
    Files.createDirectories(target);
    ModelConfig config = ModelConfig.read(run.resolve(LlamaCheckpoint.CONFIG_FILE));
    try (ParameterBlock weights = LlamaCheckpoint.load(run, config, ScalarType.Float)) {
      LlamaCheckpoint.save(weights, config, target, ElementType.BF16);
    }
    Files.copy(
        run.resolve(LlamaCheckpoint.TOKENIZER_FILE),
        target.resolve(LlamaCheckpoint.TOKENIZER_FILE),
        StandardCopyOption.REPLACE_EXISTING);
    write(target.resolve("tokenizer_config.json"), tokenizerConfig());
    write(target.resolve("generation_config.json"), generationConfig());
  }

  private static ObjectNode tokenizerConfig() {
    return JSON.createObjectNode()
        .put("tokenizer_class", "PreTrainedTokenizerFast")
        .put("bos_token", "<|endoftext|>")
        .put("eos_token", "<|im_end|>")
        .put("pad_token", "<|endoftext|>")
        .put("add_bos_token", false)
        .put("model_max_length", 512)
        .put("clean_up_tokenization_spaces", false)
        .put("chat_template", CHAT_TEMPLATE);
  }

  private static ObjectNode generationConfig() {
    return JSON.createObjectNode()
        .put("do_sample", false)
        .put("max_new_tokens", 96)
        .put("bos_token_id", 0)
        .put("eos_token_id", 2)
        .put("pad_token_id", 0);
  }

  private static void write(Path file, ObjectNode content) throws IOException {
    Files.writeString(
        file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
  }
}
