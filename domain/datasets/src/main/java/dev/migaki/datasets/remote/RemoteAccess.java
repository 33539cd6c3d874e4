package dev.migaki.datasets.remote;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The way out of this process. */
public interface RemoteAccess {

  /** The value of an environment variable, null if it is not set. */
  @Nullable String variable(String name);

  /**
   * Posts JSON.
   *
   * @param key sent as a bearer token, null for none
   * @param timeout until the whole answer is there
   * @throws IOException when no answer came; its message holds nothing of the request
   */
  Reply post(URI url, @Nullable String key, String json, Duration timeout) throws IOException;

  /** An answer, good or bad. */
  record Reply(int status, String body) {
    /** What a reader answers quotes the document. */
    @Override
    public String toString() {
      return "Reply[" + status + ", " + body.length() + " chars]";
    }
  }
}
