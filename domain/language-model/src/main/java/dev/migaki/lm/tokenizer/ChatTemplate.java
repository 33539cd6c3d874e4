package dev.migaki.lm.tokenizer;

import dev.migaki.lm.ChatMessage;
import java.util.List;

/** Writes a conversation as the text that a model was trained on. */
@FunctionalInterface
public interface ChatTemplate {

  /**
   * @param messages the conversation; must not contain the model's special tokens
   * @param askForAnswer whether to end with the opening of an assistant message
   */
  String render(List<ChatMessage> messages, boolean askForAnswer);

  /** ChatML: {@code <|im_start|>role\ncontent<|im_end|>\n}. */
  static ChatTemplate chatMl() {
    return (messages, askForAnswer) -> {
      StringBuilder text = new StringBuilder();
      for (ChatMessage message : messages) {
        text.append("<|im_start|>")
            .append(message.role())
            .append('\n')
            .append(message.content())
            .append("<|im_end|>\n");
      }
      return askForAnswer ? text.append("<|im_start|>assistant\n").toString() : text.toString();
    };
  }
}
