package dev.migaki.deploy.persistence;

import dev.migaki.contracts.Event.ModelEvaluated;
import dev.migaki.contracts.EventJson;
import dev.migaki.contracts.EventType;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;

/** The event that brought a model here, kept as it came. */
@ApplicationScoped
public class StoredEvents {

  public String write(ModelEvaluated event) {
    return new String(EventJson.write(event), StandardCharsets.UTF_8);
  }

  public ModelEvaluated read(String json) {
    return (ModelEvaluated)
        EventJson.read(EventType.MODEL_EVALUATED, json.getBytes(StandardCharsets.UTF_8));
  }
}
