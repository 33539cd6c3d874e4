package dev.migaki.cli.dryrun;

import dev.migaki.cleansing.recognition.DocumentRecognizer;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.datasets.remote.RemoteAccess;
import dev.migaki.platform.http.JsonPost;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The second readers that a recipe names, asked from this process. */
final class SecondReaders implements RemoteAccess {
  private final JsonPost http = JsonPost.patient();

  private SecondReaders() {}

  static List<DocumentRecognizer> of(DatasetRecipe recipe) {
    SecondReaders access = new SecondReaders();
    return recipe.readers().stream().map(reader -> reader.recognizer(access)).toList();
  }

  @Override
  public @Nullable String variable(String name) {
    return System.getenv(name);
  }

  @Override
  public Reply post(URI url, @Nullable String key, String json, Duration timeout)
      throws IOException {
    JsonPost.Reply reply = http.post(url, key, json, timeout);
    return new Reply(reply.status(), reply.body());
  }
}
