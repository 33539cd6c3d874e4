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
            "4 data_type",
            "4 example_missing_assistant_message");
  }
}
