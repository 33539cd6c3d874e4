package dev.migaki.platform.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
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
                + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":0}}}");
  }

  @Test
  void shouldWriteChunksAsTheApiDoes() throws JsonProcessingException {
    ChatCompletionChunk.Maker chunks =
        new ChatCompletionChunk.Maker("chatcmpl-1", 7, "support", false);
    ChatCompletionChunk.Maker counted =
        new ChatCompletionChunk.Maker("chatcmpl-1", 7, "support", true);

    assertThat(mapper.writeValueAsString(chunks.text(0, "Y", null)))
        .isEqualTo(
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"support\","
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Y\"},\"logprobs\":null,\"finish_reason\":null}]}");
    assertThat(mapper.writeValueAsString(chunks.closing(1, "length")))
        .contains("\"delta\":{},", "\"finish_reason\":\"length\"");
    assertThat(mapper.writeValueAsString(chunks.usage(ChatCompletion.Usage.of(1, 1))))
        .contains("\"choices\":[],\"usage\":{");
    assertThat(mapper.writeValueAsString(counted.text(0, "Y", null))).endsWith(",\"usage\":null}");
  }

  @Test
  void shouldWriteLogprobsAsTheApiDoes() throws JsonProcessingException {
    TokenLogprobs logprobs =
        TokenLogprobs.of(
            List.of(
                TokenLogprobs.token(
                    List.of(0xE9),
                    -0.5,
                    List.of(TokenLogprobs.Alternative.of(List.of(89), Double.NEGATIVE_INFINITY)))));

    assertThat(mapper.writeValueAsString(logprobs))
        .isEqualTo(
            "{\"content\":[{\"token\":\"\uFFFD\",\"logprob\":-0.5,\"bytes\":[233],"
                + "\"top_logprobs\":[{\"token\":\"Y\",\"logprob\":-9999.0,\"bytes\":[89]}]}],\"refusal\":null}");
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

  @Test
  void shouldNameTheMessageWhenItsContentIsNoText() throws JsonProcessingException {
    ChatCompletionRequest request =
        mapper.readValue(
            "{\"messages\":[{\"role\":\"user\",\"content\":7}]}", ChatCompletionRequest.class);

    assertThatThrownBy(() -> request.conversation().get(0).text(0))
        .isInstanceOf(OpenAiException.class)
        .hasMessageContaining("messages[0].content must be a text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|model",
        "{'model':'m'}|messages",
        "{'model':'m','messages':[{'role':'king','content':'x'}]}|role",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'temperature':3}|temperature",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'n':129}|n must be between",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'top_logprobs':2}|logprobs is"
            + " true",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'logit_bias':{'a':1}}|token ids",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'presence_penalty':3}|presence_penalty",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'response_format':{'type':'json_object'}}|the"
            + " word 'json'",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'response_format':{'type':'json_schema'}}|response_format",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'stop':['a','b','c','d','e']}|stop takes at"
            + " most",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'stop':''}|none of them empty",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'stop':['a',7]}|stop must be a text",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'logit_bias':{'7':null}}|logit_bias must"
            + " be numbers",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'stream_options':{}}|when stream is true",
        "{'model':'m','messages':[null]}|messages[0].role"
      })
  void shouldNameTheFieldAtFault(String json, String named) throws JsonProcessingException {
    ChatCompletionRequest request =
        mapper.readValue(json.replace('\'', '"'), ChatCompletionRequest.class);

    assertThatThrownBy(request::validate)
        .isInstanceOf(OpenAiException.class)
        .hasMessageContaining(named);
  }
}
