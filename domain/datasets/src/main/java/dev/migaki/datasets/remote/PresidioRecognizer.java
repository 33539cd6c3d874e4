package dev.migaki.datasets.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cleansing.recognition.DocumentRecognizer;
import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks Presidio's analyzer ({@code POST /analyze}, one text per request). */
final class PresidioRecognizer implements DocumentRecognizer {
  private final RemoteReader.Presidio presidio;
  private final RemoteCall call;

  PresidioRecognizer(RemoteReader.Presidio presidio, RemoteAccess access) {
    this.presidio = presidio;
    this.call = new RemoteCall(presidio.service(), access);
  }

  @Override
  public List<List<Finding>> recognize(List<Passage> passages) {
    List<List<Finding>> found = PassageBatch.nothing(passages);
    Map<String, List<Integer>> byLanguage = new TreeMap<>();
    for (int i = 0; i < passages.size(); i++) {
      byLanguage.computeIfAbsent(language(passages.get(i)), code -> new ArrayList<>()).add(i);
    }
    byLanguage.keySet().retainAll(presidio.languages());
    byLanguage.forEach(
        (language, indices) ->
            PassageBatch.pack(passages, indices, presidio.service().maxCharacters())
                .forEach(batch -> read(batch, language, found)));
    return found;
  }

  /** What cannot be told is read as the first language: better once too often. */
  private String language(Passage passage) {
    return passage.language().equals("und") ? presidio.languages().get(0) : passage.language();
  }

  private void read(PassageBatch batch, String language, List<List<Finding>> found) {
    String text = batch.text();
    ObjectNode request = RemoteCall.JSON.createObjectNode();
    request.put("text", text).put("language", language);
    request.put("score_threshold", presidio.threshold());
    if (presidio.onlyTypes()) {
      new TreeSet<>(presidio.types().keySet()).forEach(request.putArray("entities")::add);
    }
    JsonNode answer = call.post("/analyze", request);
    if (!answer.isArray()) {
      throw call.unusable("is no list");
    }
    for (JsonNode entity : answer) {
      report(entity, text, batch, found);
    }
  }

  private void report(JsonNode entity, String text, PassageBatch batch, List<List<Finding>> found) {
    JsonNode start = entity.path("start");
    JsonNode end = entity.path("end");
    JsonNode score = entity.path("score");
    if (!entity.path("entity_type").isTextual()
        || !start.canConvertToInt()
        || !end.canConvertToInt()
        || !score.isNumber()) {
      throw call.unusable("lacks start, end, score or entity_type");
    }
    FindingType type = presidio.types().get(entity.path("entity_type").asText());
    if (type == null) {
      return;
    }
    int characters = text.codePointCount(0, text.length());
    if (start.asInt() < 0 || end.asInt() <= start.asInt() || end.asInt() > characters) {
      throw call.unusable("points outside of the text");
    }
    // Python counts code points
    int from = text.offsetByCodePoints(0, start.asInt());
    int to = text.offsetByCodePoints(from, end.asInt() - start.asInt());
    double bounded = Math.min(1, Math.max(0, score.asDouble()));
    batch.report(from, to, type, bounded, presidio.service().name(), found);
  }
}
