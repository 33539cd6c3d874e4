package dev.migaki.platform.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected texts: written after the OpenAI API's specification 2.3.0. */
class WireFormatTest {
  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void shouldWriteACompletionAsTheApiDoes() throws JsonProcessingException {
    ChatCompletion completion =
        ChatCompletion.of(
            "chatcmpl-1", 7, "support", "Yes.", "stop", ChatCompletion.Usage.of(3, 2));

    assertThat(mapper.writeValueAsString(completion))
        .isEqualTo(
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":7,\"model\":\"support\","
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Yes.\",\"refusal\":null},"
                + "\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}");
  }

  @Test
  void shouldWriteChunksAsTheApiDoes() throws JsonProcessingException {
    ChatCompletionChunk.Maker chunks = new ChatCompletionChunk.Maker("chatcmpl-1", 7, "support");

    assertThat(mapper.writeValueAsString(chunks.text("Y")))
        .isEqualTo(
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"support\","
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Y\"},\"logprobs\":null,\"finish_reason\":null}]}");
    assertThat(mapper.writeValueAsString(chunks.closing("length")))
        .contains("\"delta\":{},", "\"finish_reason\":\"length\"");
    assertThat(mapper.writeValueAsString(chunks.usage(ChatCompletion.Usage.of(1, 1))))
        .contains("\"choices\":[],\"usage\":{");
  }

  @Test
  void shouldWriteAllFourKeysOfAnError() throws JsonProcessingException {
    assertThat(mapper.writeValueAsString(OpenAiException.invalidRequest("n", "no").body()))
        .isEqualTo(
            "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\",\"param\":\"n\",\"code\":null}}");
  }

  @Test
  void shouldReadContentPartsAndIgnoreUnknownFields() throws JsonProcessingException {
    ChatCompletionRequest request =
        mapper.readValue(
            "{\"model\":\"m\",\"new_field\":1,\"stop\":[\"a\",\"b\"],\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}]}",
            ChatCompletionRequest.class);

    request.validate();

    assertThat(request.messages()).hasSize(1);
    assertThat(request.messages().get(0).text(0)).isEqualTo("Hi");
    assertThat(request.stops()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|model",
        "{'model':'m'}|messages",
        "{'model':'m','messages':[{'role':'king','content':'x'}]}|role",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'temperature':3}|temperature",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'n':2}|n must be 1",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'stop':['a','b','c','d','e']}|stop"
      })
  void shouldNameTheFieldAtFault(String json, String named) throws JsonProcessingException {
    ChatCompletionRequest request =
        mapper.readValue(json.replace('\'', '"'), ChatCompletionRequest.class);

    assertThatThrownBy(request::validate)
        .isInstanceOf(OpenAiException.class)
        .hasMessageContaining(named);
  }
}
