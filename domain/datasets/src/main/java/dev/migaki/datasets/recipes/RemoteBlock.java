package dev.migaki.datasets.recipes;

import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.RedactionAction;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.datasets.remote.PresidioEntities;
import dev.migaki.datasets.remote.RemoteReader;
import dev.migaki.recipes.RecipeBlock;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code findings.remote} of a recipe; values out of range are named with their place. */
final class RemoteBlock {
  private static final int MAX_READERS = 4;
  private static final List<String> OF_ALL =
      List.of("kind", "name", "url", "apiKeyVariable", "timeout", "maxCharacters");
  private static final List<String> OF_PRESIDIO = and("languages", "threshold", "types");
  private static final List<String> OF_MODEL = and("model", "types");
  private static final List<String> OF_ANY = and("languages", "threshold", "model", "types");
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final RecipeBlock reader;

  private RemoteBlock(RecipeBlock reader) {
    this.reader = reader;
  }

  private static List<String> and(String... own) {
    return Stream.concat(OF_ALL.stream(), Stream.of(own)).toList();
  }

  /**
   * Reads.
   *
   * @param findings the block that may name readers
   * @param recipe a model is asked for the types that it removes
   */
  static List<RemoteReader> read(RecipeBlock findings, CleansingRecipe recipe) {
    List<RecipeBlock> blocks = findings.blocks("remote", OF_ANY);
    if (blocks.size() > MAX_READERS) {
      throw new IllegalArgumentException(
          "findings.remote must be a list of at most " + MAX_READERS);
    }
    List<RemoteReader> readers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (RecipeBlock block : blocks) {
      RemoteReader next = one(block, recipe);
      if (!names.add(next.service().name())) {
        throw new IllegalArgumentException(
            block.placeOf("name") + " must differ from those before");
      }
      readers.add(next);
    }
    return readers;
  }

  private static RemoteReader one(RecipeBlock block, CleansingRecipe recipe) {
    return switch (block.text("kind", "")) {
      case "presidio" -> new RemoteBlock(block.restrictedTo(OF_PRESIDIO)).presidio();
      case "model" -> new RemoteBlock(block.restrictedTo(OF_MODEL)).model(recipe);
      default -> throw block.wrong("kind", "presidio or model");
    };
  }

  private RemoteReader presidio() {
    RemoteReader.Service service = service("presidio", Duration.ofSeconds(20), 10_000);
    Map<String, String> types = reader.entries("types");
    return new RemoteReader.Presidio(
        service,
        languages(),
        reader.number("threshold", 0.5, 0, 1),
        reader.has("types") ? entities(types) : PresidioEntities.standard(),
        reader.has("types"));
  }

  private RemoteReader model(CleansingRecipe recipe) {
    RemoteReader.Service service = service("model", Duration.ofMinutes(1), 4_000);
    return new RemoteReader.Model(service, reader.requiredText("model"), asked(recipe));
  }

  private RemoteReader.Service service(String kind, Duration timeout, int maxCharacters) {
    String chosen = reader.text("name", kind);
    if (!chosen.matches("[a-z0-9][a-z0-9._-]{0,39}")) {
      throw wrong("name", "must be 1 to 40 of a-z, 0-9, dot, hyphen and underscore");
    }
    return new RemoteReader.Service(
        chosen,
        url(),
        apiKeyVariable(),
        reader.duration("timeout", timeout, Duration.ofSeconds(1), LONGEST),
        reader.whole("maxCharacters", maxCharacters, 500, 100_000));
  }

  private URI url() {
    String text = reader.requiredText("url").replaceAll("/+$", "");
    try {
      URI url = new URI(text);
      boolean plain =
          ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
              && url.getHost() != null
              && url.getRawQuery() == null
              && url.getRawFragment() == null;
      if (plain && url.getRawUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // its message quotes the value, which may hold a password
    }
    throw wrong("url", "must be http://host or https://host with a path at most, and no password");
  }

  private @Nullable String apiKeyVariable() {
    String variable = reader.text("apiKeyVariable");
    if (variable != null && !variable.matches("[A-Z][A-Z0-9_]{0,99}")) {
      throw wrong(
          "apiKeyVariable", "must name an environment variable in capitals; the key stands there");
    }
    return variable;
  }

  private List<String> languages() {
    if (!reader.has("languages")) {
      return List.of("en");
    }
    List<String> languages = reader.texts("languages");
    if (languages.isEmpty() || !languages.stream().allMatch(code -> code.matches("[a-z]{2}"))) {
      throw wrong("languages", "must be a list of ISO 639-1 codes such as en");
    }
    return languages;
  }

  private Map<String, FindingType> entities(Map<String, String> types) {
    if (types.isEmpty()) {
      throw wrong("types", "must map Presidio's entities to types, such as PERSON: PERSON");
    }
    Map<String, FindingType> entities = new LinkedHashMap<>();
    types.forEach((entity, type) -> entities.put(entity, type("types." + entity, type)));
    return entities;
  }

  private Set<FindingType> asked(CleansingRecipe recipe) {
    Set<FindingType> asked = new TreeSet<>();
    if (!reader.has("types")) {
      for (FindingType type : FindingType.values()) {
        if (recipe.treatment(type).action() != RedactionAction.KEEP
            && type != FindingType.CONFIDENTIAL_TERM) {
          asked.add(type);
        }
      }
      return asked;
    }
    reader.texts("types").forEach(type -> asked.add(type("types", type)));
    if (asked.isEmpty()) {
      throw wrong("types", "must be a list of types, such as [PERSON]");
    }
    return asked;
  }

  private FindingType type(String key, String name) {
    return Arrays.stream(FindingType.values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    key,
                    "must be one of "
                        + Arrays.stream(FindingType.values())
                            .map(Enum::name)
                            .collect(Collectors.joining(", "))));
  }

  private IllegalArgumentException wrong(String key, String what) {
    return new IllegalArgumentException(reader.placeOf(key) + " " + what);
  }
}
