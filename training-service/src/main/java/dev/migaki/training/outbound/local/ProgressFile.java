package dev.migaki.training.outbound.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.training.domain.TrainingProvider.Progress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The JSON lines that a training process appends to; read from where the last look ended, whole
 * lines only.
 */
final class ProgressFile {
  private final Path file;
  private final ObjectMapper mapper;
  private long position;
  private @Nullable JsonNode failure;

  /** What earlier attempts wrote is not reported again. */
  ProgressFile(Path file, ObjectMapper mapper) throws IOException {
    this.file = file;
    this.mapper = mapper;
    this.position = Files.exists(file) ? Files.size(file) : 0;
  }

  /** Reports the steps that were written since the last call. */
  void readNew(Consumer<Progress> progress) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    byte[] bytes;
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      // a resumed worker cuts the file back to its checkpoint
      position = Math.min(position, reader.length());
      reader.seek(position);
      bytes = new byte[(int) Math.min(1 << 20, reader.length() - position)];
      reader.readFully(bytes);
    }
    int end = lastNewline(bytes) + 1;
    for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).split("\n")) {
      if (!line.isBlank()) {
        read(mapper.readTree(line), progress);
      }
    }
    position += end;
  }

  String errorCode(String otherwise) {
    return failure == null ? otherwise : failure.path("errorCode").asText(otherwise);
  }

  String message(String otherwise) {
    return failure == null ? otherwise : failure.path("message").asText(otherwise);
  }

  private void read(JsonNode line, Consumer<Progress> progress) {
    switch (line.path("event").asText()) {
      case "failed" -> failure = line;
      case "step", "validation" ->
          progress.accept(
              new Progress(
                  line.path("step").asInt(),
                  line.path("totalSteps").asInt(),
                  line.path("epoch").asDouble(),
                  number(line, "trainLoss"),
                  number(line, "tokenAccuracy"),
                  number(line, "validationLoss"),
                  line.path("trainedTokens").asLong(),
                  line.path("tokensPerSecond").asDouble(),
                  line.path("elapsedSeconds").asDouble()));
      default -> {
        // started, checkpoint, done: nothing that a run's state needs
      }
    }
  }

  private static @Nullable Double number(JsonNode line, String field) {
    return line.hasNonNull(field) ? line.get(field).asDouble() : null;
  }

  private static int lastNewline(byte[] bytes) {
    for (int i = bytes.length - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
