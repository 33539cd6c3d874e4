package dev.migaki.cli.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.lm.training.InvalidTrainingDataException;
import dev.migaki.lm.training.PreferenceFile;
import dev.migaki.lm.training.TrainingFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What training refuses, {@code migaki check} says before: both read the same lines here. */
final class CheckAgreesWithTrainingTest {
  private static final Path MODEL = Path.of("../models/quick-start");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{M:[Q,A]}",
        "{M:[Q,A],'tools':[{}]}",
        "{M:[Q,A],'tools':[]}",
        "{M:[Q,A],'tools':null}",
        "{M:[Q,A],'functions':[{}]}",
        "{M:[Q,{'role':'assistant','tool_calls':[{}]}]}",
        "{M:[Q,{'role':'assistant','content':'a','tool_calls':[{}]}]}",
        "{M:[Q,{'role':'assistant','content':'a','tool_calls':[]}]}",
        "{M:[Q,{'role':'assistant','tool_calls':[]}]}",
        "{M:[Q,{'role':'assistant','content':null,'function_call':{'name':'f'}}]}",
        "{M:[Q,{'role':'assistant','content':[{'type':'text','text':'a'}]}]}",
        "{M:[Q,{'role':'assistant','content':'a','weight':1}]}",
        "{M:[Q,{'role':'assistant','content':'a','weight':null}]}",
        "{M:[Q,{'role':'assistant','content':'a','weight':1.0}]}",
        "{M:[Q,{'role':'assistant','content':'a','weight':2}]}",
        "{M:[Q,{'role':'assistant','content':'a','weight':'0'}]}",
        "{M:[{'role':'user','content':'q','weight':7},A]}",
        "{M:[Q,A,{'role':'user'}]}",
        "{M:[]}",
        "{M:[7]}",
        "{'prompt':'q'}",
        "[1]",
        "{M:[Q,A]",
        " "
      })
  void shouldFindWhatSupervisedTrainingRefuses(String line) throws IOException {
    Path file = file(line);
    assertThat(isSound(file)).isEqualTo(isTrained(() -> TrainingFile.size(MODEL, file)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{I:{M:[Q]},P:[A],N:[B]}",
        "{I:{M:[Q],'tools':[{}]},P:[A],N:[B]}",
        "{I:{M:[Q],'tools':[]},P:[A],N:[B]}",
        "{I:{M:[{'role':'user','content':'q','weight':1}]},P:[A],N:[B]}",
        "{I:{M:[Q]},P:[{'role':'assistant','content':'a','weight':1}],N:[B]}",
        "{I:{M:[Q]},P:[{'role':'assistant','content':'a','weight':null}],N:[B]}",
        "{I:{M:[Q]},P:[{'role':'assistant','content':[{'type':'text','text':'a'}]}],N:[B]}",
        "{I:{M:[Q]},P:[{'role':'assistant','content':'a','tool_calls':[{}]}],N:[B]}",
        "{I:{M:[Q,A]},P:[A],N:[B]}",
        "{I:{M:[Q,A,Q]},P:[A],N:[B]}",
        "{I:{M:[Q]},P:[A,A],N:[B]}",
        "{I:{M:[Q]},P:[Q],N:[B]}",
        "{I:{M:[Q]},P:[],N:[B]}",
        "{I:{M:[Q]},P:[A]}",
        "{I:{M:[Q]},P:[A],N:[A]}",
        "{I:{M:[Q]},P:[A],N:[{'role':'assistant','content':'At nine.','name':'x'}]}",
        "{P:[A],N:[B]}"
      })
  void shouldFindWhatTrainingOnPreferencesRefuses(String line) throws IOException {
    Path file = file(line);
    assertThat(isSound(file)).isEqualTo(isTrained(() -> PreferenceFile.size(MODEL, file)));
  }

  private Path file(String line) throws IOException {
    String text =
        line.replace("M:", "'messages':")
            .replace("I:", "'input':")
            .replace("P:", "'preferred_output':")
            .replace("N:", "'non_preferred_output':")
            .replace("Q", "{'role':'user','content':'When do you open?'}")
            .replace("A", "{'role':'assistant','content':'At nine.'}")
            .replace("B", "{'role':'assistant','content':'No idea.'}")
            .replace('\'', '"');
    return Files.writeString(directory.resolve("data.jsonl"), text + "\n");
  }

  private static boolean isSound(Path file) throws IOException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new CheckRun(nowhere, false).run(List.of(file), new ByteArrayInputStream(new byte[0]));
  }

  private interface Training {
    TrainingFile.Size read() throws IOException;
  }

  private static boolean isTrained(Training training) throws IOException {
    try {
      return training.read().examples() == 1;
    } catch (InvalidTrainingDataException e) {
      return false;
    }
  }
}
