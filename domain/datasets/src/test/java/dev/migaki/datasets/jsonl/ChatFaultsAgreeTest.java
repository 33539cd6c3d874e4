package dev.migaki.datasets.jsonl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.parsing.DocumentParser;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.parsing.ParseOutcome;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of chat lines leaves out what the validator finds faulty, under the same name. */
final class ChatFaultsAgreeTest {
  private static final String GOOD = "{M:[Q,A]}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        GOOD,
        "{M:[{'role':'system','content':'s'},Q,A,Q,A]}",
        "{M:[Q,A],'tools':[{}]}",
        "{M:[Q,A],'tools':[]}",
        "{M:[Q,A],'tools':null}",
        "{M:[Q,A],'functions':[{}]}",
        "{M:[Q,{'role':'assistant','tool_calls':[{}]}]}",
        "{M:[Q,{'role':'assistant','content':'a','tool_calls':[]}]}",
        "{M:[Q,{'role':'assistant','tool_calls':[]}]}",
        "{M:[Q,{'role':'tool','content':'t'},A]}",
        "{M:[Q,{'role':'assistant','content':'a','weight':1}]}",
        "{M:[Q,{'role':'assistant','content':'a','weight':null}]}",
        "{M:[Q,{'role':'assistant','content':'a','weight':1.0}]}",
        "{M:[Q,{'role':'assistant','content':'a','weight':2}]}",
        "{M:[Q,{'role':'assistant','content':'a','weight':0}]}",
        "{M:[{'role':'user','content':'q','weight':7},A]}",
        "{M:[Q,{'role':'assistant','content':' '}]}",
        "{M:[Q,{'role':'assistant'}]}",
        "{M:[Q,{'role':'robot','content':'a'},A]}",
        "{M:[Q]}",
        "{I:{M:[Q]},P:[A],N:[B]}",
        "{I:{M:[Q],'tools':[{}]},P:[A],N:[B]}",
        "{I:{M:[Q]},P:[{'role':'assistant','content':'a','weight':1}],N:[B]}",
        "{I:{M:[Q]},P:[{'role':'assistant','content':'a','weight':null}],N:[B]}",
        "{I:{M:[Q]},P:[A],N:[{'role':'assistant','content':'a','tool_calls':[{}]}]}",
        "{I:{M:[Q,A]},P:[A],N:[B]}",
        "{I:{M:[Q]},P:[A,A],N:[B]}",
        "{I:{M:[Q]},P:[Q],N:[B]}",
        "{I:{M:[Q]},P:[],N:[B]}",
        "{I:{M:[Q]},P:[A]}",
        "{I:{M:[Q]},P:[A],N:[A]}",
        "{I:{M:[]},P:[A],N:[B]}",
        "{P:[A],N:[B]}"
      })
  void shouldLeaveOutWhatTheValidatorNames(String line) {
    // When
    List<String> named =
        ChatJsonlValidator.check(json(line)).stream().map(ChatFault::name).toList();
    List<String> leftOut = leftOut(line);

    // Then
    assertThat(leftOut.isEmpty()).isEqualTo(named.isEmpty());
    assertThat(named).containsAll(leftOut);
  }

  /** The names of the faults for which the reader leaves a line out. */
  private static List<String> leftOut(String line) {
    String second = json(GOOD).replace("nine", "ten");
    ParseOutcome outcome =
        new DocumentParser(ParseLimits.defaults())
            .parse((json(line) + "\n" + second).getBytes(UTF_8), ParseHints.ofFilename("a.jsonl"));
    return ((ParseOutcome.Parsed) outcome)
        .warnings().stream().map(warning -> warning.split("[:,] ")[1]).toList();
  }

  private static String json(String line) {
    return line.replace("M:", "'messages':")
        .replace("I:", "'input':")
        .replace("P:", "'preferred_output':")
        .replace("N:", "'non_preferred_output':")
        .replace("Q", "{'role':'user','content':'When do you open?'}")
        .replace("A", "{'role':'assistant','content':'At nine.'}")
        .replace("B", "{'role':'assistant','content':'No idea.'}")
        .replace('\'', '"');
  }
}
