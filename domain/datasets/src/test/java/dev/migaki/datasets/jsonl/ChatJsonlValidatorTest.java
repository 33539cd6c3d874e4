package dev.migaki.datasets.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatJsonlValidatorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not json | data_type",
        "[1] | data_type",
        "{\"prompt\":\"x\"} | missing_messages_list",
        "{\"messages\":[]} | missing_messages_list",
        "{\"messages\":[{\"role\":\"assistant\"}]} | message_missing_key",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"a\",\"mood\":1}]} |"
            + " message_unrecognized_key",
        "{\"messages\":[{\"role\":\"robot\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"a\"}]}"
            + " | unrecognized_role",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"\"}]} | missing_content",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]} | example_missing_assistant_message"
      })
  void shouldNameFaultAndLineWhenLineIsWrong(String line, String name) {
    // Given
    String good =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\"}]}";

    // When
    List<ChatFault> faults = ChatJsonlValidator.check(good + "\n\n" + line + "\n");

    // Then
    assertThat(faults)
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.line()).isEqualTo(3);
              assertThat(fault.name()).isEqualTo(name);
            });
  }

  @Test
  void shouldReadWhatItWroteWhenExamplesAreStored() {
    // Given
    List<Example> examples =
        List.of(
            Examples.aPair("a", "When do you open?", "At \"nine\".\nSharp."),
            Examples.aPair("b", "営業時間は？", "9時からです。"));

    // When
    List<Example> read = ExampleJsonl.read(ExampleJsonl.write(examples));

    // Then
    assertThat(read).isEqualTo(examples);
  }

  @Test
  void shouldFindNoFaultWhenALineIsAPreference() {
    // When
    List<ChatFault> faults =
        ChatJsonlValidator.check(
            "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"How long?\"}]},"
                + "\"preferred_output\":[{\"role\":\"assistant\",\"content\":\"Two days.\"}],"
                + "\"non_preferred_output\":[{\"role\":\"assistant\",\"content\":\"No idea.\"}]}");
    // Then
    assertThat(faults).isEmpty();
  }

  @Test
  void shouldNameTheFaultWhenAPreferenceIsNotTwoAnswersToAQuestion() {
    // When
    List<ChatFault> faults =
        ChatJsonlValidator.check(
            "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                + "{\"role\":\"assistant\",\"content\":\"b\"}]},"
                + "\"preferred_output\":[{\"role\":\"assistant\",\"content\":\"c\"},"
                + "{\"role\":\"assistant\",\"content\":\"d\"}],"
                + "\"non_preferred_output\":[{\"role\":\"assistant\",\"content\":\"e\"}]}");

    // Then
    assertThat(faults)
        .extracting(ChatFault::name)
        .containsExactly("input_ends_with_assistant_message", "several_output_messages");
  }

  @Test
  void shouldNameEveryFaultWithItsLineWhenPreferencesAreIncomplete() {
    // When
    List<ChatFault> faults =
        ChatJsonlValidator.check(
            "\n{\"input\":\"How long?\",\"preferred_output\":[],\"non_preferred_output\":3}\n"
                + "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]},"
                + "\"preferred_output\":[{\"role\":\"assistant\",\"content\":\"b\"}],"
                + "\"non_preferred_output\":[{\"role\":\"assistant\",\"content\":\"b\"}]}\n"
                + "{\"messages\":[7]}\n");
    // Then
    assertThat(faults)
        .extracting(fault -> fault.line() + " " + fault.name())
        .containsExactly(
            "2 missing_input",
            "2 missing_preferred_output",
            "2 missing_non_preferred_output",
            "3 identical_outputs",
            "4 mixed_formats",
            "4 data_type",
            "4 example_missing_assistant_message");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"messages\":[Q,A],\"tools\":[{\"type\":\"function\"}]} | unsupported_tools",
        "{\"messages\":[Q,A],\"functions\":[{\"name\":\"f\"}]} | unsupported_tools",
        "{\"messages\":[Q,A],\"tools\":[]} | ",
        "{\"messages\":[Q,{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\"}]}]} |"
            + " unsupported_tools",
        "{\"messages\":[Q,{\"role\":\"assistant\",\"tool_calls\":[]}]} | message_missing_key",
        "{\"messages\":[Q,{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}]}"
            + " | unsupported_content",
        "{\"messages\":[Q,{\"role\":\"assistant\",\"content\":\"a\",\"weight\":1}]} | ",
        "{\"messages\":[Q,{\"role\":\"assistant\",\"content\":\"a\",\"weight\":null}]} | ",
        "{\"messages\":[Q,{\"role\":\"assistant\",\"content\":\"a\",\"weight\":0.5}]} |"
            + " invalid_weight",
        "{\"messages\":[Q,{\"role\":\"assistant\",\"content\":\"a\",\"weight\":2}]} |"
            + " invalid_weight",
        "{\"messages\":[Q,{\"role\":\"assistant\",\"content\":\"a\",\"weight\":\"1\"}]} |"
            + " invalid_weight",
        "{\"messages\":[Q,{\"role\":\"assistant\",\"content\":\"a\",\"weight\":0}]} |"
            + " no_learned_answer",
        "{\"messages\":[Q,{\"role\":\"tool\",\"content\":\"a\"},A]} | unsupported_tools",
        "{\"messages\":[Q,{\"role\":\"assistant\",\"content\":\"a\",\"weight\":0},Q,A]} | ",
        "{\"input\":{\"messages\":[Q],\"tools\":[{}]},\"preferred_output\":[A],"
            + "\"non_preferred_output\":[B]} | unsupported_tools",
        "{\"input\":{\"messages\":[Q]},\"preferred_output\":[{\"role\":\"assistant\","
            + "\"content\":\"a\",\"weight\":1}],\"non_preferred_output\":[B]} | unsupported_weight"
      })
  void shouldNameWhatTrainingRefuses(String line, String name) {
    // When
    List<ChatFault> faults = ChatJsonlValidator.check(messages(line));

    // Then
    assertThat(faults)
        .extracting(ChatFault::name)
        .isEqualTo(name == null ? List.of() : List.of(name));
  }

  @Test
  void shouldNameTheLineWhoseFormatIsAnotherThanTheFirsts() {
    // Given
    String chat = messages("{\"messages\":[Q,A]}\n");
    String pair =
        messages(
            "{\"input\":{\"messages\":[Q]},\"preferred_output\":[A],\"non_preferred_output\":[B]}\n");

    // When / Then
    assertThat(ChatJsonlValidator.check(chat + pair + chat))
        .containsExactly(new ChatFault(2, "mixed_formats", "the first line is no preference line"));
    assertThat(ChatJsonlValidator.check(pair + pair + chat))
        .containsExactly(new ChatFault(3, "mixed_formats", "the first line is a preference line"));
  }

  private static String messages(String line) {
    return line.replace("Q", "{\"role\":\"user\",\"content\":\"q\"}")
        .replace("A", "{\"role\":\"assistant\",\"content\":\"a\"}")
        .replace("B", "{\"role\":\"assistant\",\"content\":\"b\"}");
  }
}
