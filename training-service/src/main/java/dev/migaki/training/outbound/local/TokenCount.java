package dev.migaki.training.outbound.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.tokenizer.ChatEncoding;
import dev.migaki.lm.tokenizer.TextTokenizer;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.PermanentFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Counts the tokens of a chat file as the base model will see them, without loading the model. */
final class TokenCount {
    private static final ErrorCode TRAIN_FILE_UNREADABLE = new ErrorCode("TRAIN_FILE_UNREADABLE");

    private TokenCount() {}

    static long of(Path baseModelDirectory, Path trainFile) {
        ObjectMapper mapper = new ObjectMapper();
        try (TextTokenizer tokenizer = TextTokenizer.load(baseModelDirectory.resolve("tokenizer.json"));
                BufferedReader reader = Files.newBufferedReader(trainFile)) {
            ChatEncoding encoding = new ChatEncoding(tokenizer);
            long tokens = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                for (ChatEncoding.Segment segment : encoding.segments(messages(mapper.readTree(line)))) {
                    tokens += segment.tokens().length;
                }
            }
            return tokens;
        } catch (IOException e) {
            throw new PermanentFailure(TRAIN_FILE_UNREADABLE, "the training file is not chat JSON lines", e);
        }
    }

    private static List<ChatMessage> messages(JsonNode line) {
        List<ChatMessage> messages = new ArrayList<>();
        line.path("messages")
                .forEach(message -> messages.add(new ChatMessage(
                        message.path("role").asText(), message.path("content").asText())));
        return messages;
    }
}
