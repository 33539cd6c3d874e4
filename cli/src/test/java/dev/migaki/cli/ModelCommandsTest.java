package dev.migaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cli.model.OptionNames;
import dev.migaki.cli.model.TrainingProcess;
import dev.migaki.cli.model.TrainingView;
import dev.migaki.cli.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the model commands say before a process is started for them. */
final class ModelCommandsTest {
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  private int execute(String... arguments) {
    return Migaki.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train DIR --data MISSING --output OUT",
        "train MISSING --data DATA --output OUT",
        "train DIR --data DATA --validation MISSING --output OUT --learning-rate 0.001",
        "train DIR --data DATA --continue MISSING --output OUT --learning-rate 0.001",
        "train DIR --data DATA --earlier MISSING --output OUT --learning-rate 0.001",
        "score DIR --data MISSING",
        "score DIR --data DATA --adapter MISSING",
        "generate DIR --data MISSING",
        "generate MISSING hello",
        "merge DIR --adapter MISSING --output OUT"
      })
  void shouldNameTheInputThatDoesNotExist(String line) throws IOException {
    // Given
    Path data = Files.writeString(directory.resolve("data.jsonl"), "");
    String[] words =
        ("model " + line)
            .replace("MISSING", directory.resolve("nowhere").toString())
            .replace("DIR", directory.toString())
            .replace("DATA", data.toString())
            .replace("OUT", directory.resolve("out").toString())
            .split(" ");
    // When
    int status = execute(words);
    // Then
    assertThat(status).isEqualTo(Migaki.USAGE);
    assertThat(err.toString()).contains("nowhere");
  }

  @Test
  void shouldNameTheOptionWhenItIsNoNumber() throws IOException {
    // Given
    Path data = Files.writeString(directory.resolve("data.jsonl"), "");
    // When
    int status =
        execute(
            "model",
            "train",
            directory.toString(),
            "--data",
            data.toString(),
            "--output",
            directory.resolve("out").toString(),
            "--epochs",
            "many");
    // Then
    assertThat(status).isEqualTo(Migaki.USAGE);
    assertThat(err.toString()).contains("--epochs is 'many'").contains("auto");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--method ppo|--method is 'ppo'; supported: lora, full, dpo",
        "--beta 0.2|--beta needs --method dpo",
        "--method dpo --beta 3|--beta is 3.0; must be above 0, at most 2",
        "--method full --all-weights|--all-weights needs --method dpo",
        "--method dpo --earlier EARLIER|--earlier is not possible with --method dpo"
      })
  void shouldNameTheOptionWhenTheMethodDoesNotHaveIt(String options, String message)
      throws IOException {
    // Given
    Path data = Files.writeString(directory.resolve("data.jsonl"), "");
    String line = "model train %s --data %s --output %s ".formatted(directory, data, directory);
    // When
    int status = execute((line + options).split(" "));
    // Then
    assertThat(status).isEqualTo(Migaki.USAGE);
    assertThat(err.toString()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rank 0",
        "--alpha 0",
        "--dropout 1.5",
        "--schedule sine",
        "--learning-rate 5",
        "--epochs 0",
        "--batch-tokens 4",
        "--pass-tokens -1",
        "--max-seconds -1",
        "--warmup 2",
        "--weight-decay -1",
        "--clip -1",
        "--replay 2",
        "--ewc -1",
        "--patience -1",
        "--precision fp8"
      })
  void shouldNameTheOptionWhoseValueIsNotPossibleBeforeAProcessIsStarted(String options)
      throws IOException {
    // Given
    Path data = Files.writeString(directory.resolve("data.jsonl"), "");
    Path out = directory.resolve("out");
    String line = "model train %s --data %s --output %s ".formatted(directory, data, out);
    String rate = options.startsWith("--learning-rate") ? "" : "--learning-rate 0.001 ";
    // When
    int status = execute((line + rate + options).split(" "));
    // Then
    assertThat(status).isEqualTo(Migaki.USAGE);
    assertThat(err.toString())
        .startsWith("migaki: " + options.split(" ")[0] + " is ")
        .contains(options.split(" ")[1])
        .doesNotContain("job field");
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "task field 'adapterDirectory' is missing|--adapter is missing",
        "temperature must not be negative and topP must be in (0, 1]: -1.0, 1.0"
            + "|--temperature must not be negative and --top-p must be in (0, 1]: -1.0, 1.0",
        "maxTokens is 0, must be at least 1|--max-tokens is 0, must be at least 1",
        "2 MB; set passTokens below 9 (the step keeps its batchTokens), choose method lora, or"
            + "|2 MB; set --pass-tokens below 9 (the step keeps its --batch-tokens), choose"
            + " --method lora, or",
        "job field 'trainFile': there is no file /a/topP/trainFile.jsonl"
            + "|--data: there is no file /a/topP/trainFile.jsonl",
        "(method full, or dpo with 'allWeights')|(--method full, or dpo with --all-weights)",
        "the answer's openEnded rows; a 'weight' of method nothing"
            + "|the answer's openEnded rows; a 'weight' of method nothing"
      })
  void shouldSayOptionsInPlaceOfFields(String message, String expected) {
    assertThat(OptionNames.in(message)).isEqualTo(expected);
  }

  @Test
  void shouldKnowTheOptionOfEveryFieldThatTheCommandsFill() throws IOException {
    // Given
    CommandLine model = Migaki.commandLine().getSubcommands().get("model");
    Set<String> options = new TreeSet<>(Set.of("DIR", "PROMPT"));
    model
        .getSubcommands()
        .values()
        .forEach(
            command ->
                command
                    .getCommandSpec()
                    .options()
                    .forEach(option -> options.addAll(List.of(option.names()))));
    Pattern filled = Pattern.compile("(?:put|withArray)\\(\\s*\"(\\w+)\"");
    Set<String> fields = new TreeSet<>();
    for (String source :
        List.of(
            "TrainingOptions",
            "ModelTrainCommand",
            "ModelScoreCommand",
            "ModelGenerateCommand",
            "ModelMergeCommand")) {
      filled
          .matcher(Files.readString(Path.of("src/main/java/dev/migaki/cli", source + ".java")))
          .results()
          .forEach(found -> fields.add(found.group(1)));
    }
    fields.removeAll(Set.of("trainJobFile", "checkpointDirectory"));

    // When / Then
    assertThat(fields)
        .hasSizeGreaterThan(35)
        .allSatisfy(
            field -> assertThat(options).contains(OptionNames.in("job field '" + field + "'")));
  }

  @Test
  void shouldRefuseToTrainTheBaseModelIntoItself() throws IOException {
    // Given
    Path data = Files.writeString(directory.resolve("data.jsonl"), "");
    String line =
        "model train %s --data %s --output %s --method full --learning-rate 0.001"
            .formatted(directory, data, directory.resolve("../" + directory.getFileName()));
    // When
    int status = execute(line.split(" "));
    // Then
    assertThat(status).isEqualTo(Migaki.USAGE);
    assertThat(err.toString()).startsWith("migaki: --output is the base model's directory");
    assertThat(directory.resolve(".training")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"trainFile", "validationFile", "earlierFiles"})
  void shouldNotGoOnFromTheCheckpointOfOtherData(String changed) throws IOException {
    // Given
    ObjectNode job = new ObjectMapper().createObjectNode();
    for (String field : new String[] {"trainFile", "validationFile", "earlierFiles"}) {
      String file = Files.writeString(directory.resolve(field), "before").toString();
      if (field.equals("earlierFiles")) {
        job.putArray(field).add(file);
      } else {
        job.put(field, file);
      }
    }
    Path out = directory.resolve("out");
    Path before = new TrainingProcess(job, out, out.resolve("metrics.jsonl")).jobFile();
    Path again = new TrainingProcess(job, out, out.resolve("metrics.jsonl")).jobFile();
    // When
    Files.writeString(directory.resolve(changed), "after");
    Path after = new TrainingProcess(job, out, out.resolve("metrics.jsonl")).jobFile();
    // Then
    assertThat(again).isEqualTo(before);
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void shouldShowHowManyPairsAreRightWhenPreferencesAreLearned() throws IOException {
    // Given
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TrainingView view =
        new TrainingView(
            new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 0));
    ObjectMapper json = new ObjectMapper();
    // When
    view.show(
        json.readTree(
            "{\"event\":\"step\",\"step\":10,\"totalSteps\":10,\"trainLoss\":0.31,"
                + "\"rewardMargin\":1.204,\"rewardAccuracy\":0.875}"));
    view.show(
        json.readTree(
            "{\"event\":\"validation\",\"step\":10,\"validationLoss\":0.4,"
                + "\"validationRewardMargin\":0.9,\"validationRewardAccuracy\":0.75}"));
    // Then
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("loss 0.3100  87.5 % of pairs right, margin 1.204")
        .contains("validation loss 0.4000, 75.0 % of pairs right, margin 0.900");
  }

  @Test
  void shouldAskForAPromptOrAFileWhenThereIsNeither() {
    // Given / When
    int status = execute("model", "generate", directory.toString());
    // Then
    assertThat(status).isEqualTo(Migaki.USAGE);
    assertThat(err.toString()).contains("PROMPT").contains("--data");
  }

  @Test
  void shouldTellWhatOfTheDataIsOddWhenARunStarts() throws IOException {
    // Given
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Screen screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 0);
    JsonNode started =
        new ObjectMapper()
            .readTree(
                "{\"event\":\"started\",\"step\":40,\"trainExamples\":1200,\"supervisedShare\":0.51,"
                    + "\"truncatedRows\":3,\"precision\":\"fp32\",\"expectedMemoryBytes\":1048576}");
    // When
    new TrainingView(screen).show(started);
    // Then
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("goes on from step 40", "1,200 examples", "51 %", "3 cut at the model's context")
        .doesNotContain("replayed");
  }
}
