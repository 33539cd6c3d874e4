package dev.migaki.eval.persistence;

import dev.migaki.contracts.Event.ModelTrained;
import dev.migaki.contracts.EventJson;
import dev.migaki.contracts.EventType;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;

/** The event that an evaluation was queued for, kept as it came. */
@ApplicationScoped
public class StoredEvents {

  public String write(ModelTrained event) {
    return new String(EventJson.write(event), StandardCharsets.UTF_8);
  }

  public ModelTrained read(String json) {
    return (ModelTrained)
        EventJson.read(EventType.MODEL_TRAINED, json.getBytes(StandardCharsets.UTF_8));
  }
}
