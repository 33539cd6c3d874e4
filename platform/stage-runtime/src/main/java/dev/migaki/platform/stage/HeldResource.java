package dev.migaki.platform.stage;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What this stage has set aside, by dataset. */
@Path("/v1/held")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class HeldResource {

  private final HeldRecords held;

  HeldResource(HeldRecords held) {
    this.held = held;
  }

  /** All that waits. */
  public record Held(List<HeldRecords.Waiting> held) {}

  @GET
  public Held held() {
    return new Held(held.waiting());
  }
}
