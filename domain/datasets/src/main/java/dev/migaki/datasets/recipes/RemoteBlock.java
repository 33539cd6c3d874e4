package dev.migaki.datasets.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.RedactionAction;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.datasets.remote.PresidioEntities;
import dev.migaki.datasets.remote.RemoteReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
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
import org.jspecify.annotations.Nullable;

/** Reads {@code findings.remote} of a recipe; values out of range are named with their place. */
final class RemoteBlock {
  private static final int MAX_READERS = 4;
  private static final Set<String> OF_ALL =
      Set.of("kind", "name", "url", "apiKeyVariable", "timeout", "maxCharacters");
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final JsonNode reader;
  private final String where;

  private RemoteBlock(JsonNode reader, String where) {
    this.reader = reader;
    this.where = where;
  }

  /**
   * Reads.
   *
   * @param list the key's value, a missing node for none
   * @param recipe a model is asked for the types that it removes
   */
  static List<RemoteReader> read(JsonNode list, CleansingRecipe recipe) {
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    if (!list.isArray() || list.size() > MAX_READERS) {
      throw new IllegalArgumentException(
          "findings.remote must be a list of at most " + MAX_READERS);
    }
    List<RemoteReader> readers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      RemoteReader next = new RemoteBlock(list.get(i), "findings.remote[" + i + "]").one(recipe);
      if (!names.add(next.service().name())) {
        throw new IllegalArgumentException(
            "findings.remote[" + i + "].name must differ from those before");
      }
      readers.add(next);
    }
    return readers;
  }

  private RemoteReader one(CleansingRecipe recipe) {
    return switch (reader.path("kind").asText()) {
      case "presidio" -> presidio();
      case "model" -> model(recipe);
      default -> throw wrong("kind", "must be presidio or model");
    };
  }

  private RemoteReader presidio() {
    requireKnownKeys("languages", "threshold", "types");
    RemoteReader.Service service = service("presidio", "PT20S", 10_000);
    JsonNode threshold = reader.path("threshold");
    double least = threshold.asDouble(0.5);
    if (!threshold.isMissingNode() && !threshold.isNumber() || least < 0 || least > 1) {
      throw wrong("threshold", "must be a number from 0 to 1");
    }
    JsonNode types = reader.path("types");
    return new RemoteReader.Presidio(
        service,
        languages(),
        least,
        types.isMissingNode() ? PresidioEntities.standard() : entities(types),
        !types.isMissingNode());
  }

  private RemoteReader model(CleansingRecipe recipe) {
    requireKnownKeys("model", "types");
    RemoteReader.Service service = service("model", "PT1M", 4_000);
    return new RemoteReader.Model(service, text("model"), asked(recipe));
  }

  private RemoteReader.Service service(String kind, String timeout, int maxCharacters) {
    JsonNode name = reader.path("name");
    String chosen = name.isMissingNode() ? kind : name.asText();
    if (!chosen.matches("[a-z0-9][a-z0-9._-]{0,39}")) {
      throw wrong("name", "must be 1 to 40 of a-z, 0-9, dot, hyphen and underscore");
    }
    return new RemoteReader.Service(
        chosen, url(), apiKeyVariable(), timeout(timeout), maxCharacters(maxCharacters));
  }

  private URI url() {
    String text = text("url").replaceAll("/+$", "");
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
    JsonNode variable = reader.path("apiKeyVariable");
    if (variable.isMissingNode()) {
      return null;
    }
    if (!variable.asText().matches("[A-Z][A-Z0-9_]{0,99}")) {
      throw wrong(
          "apiKeyVariable", "must name an environment variable in capitals; the key stands there");
    }
    return variable.asText();
  }

  private Duration timeout(String standard) {
    try {
      Duration timeout = Duration.parse(reader.path("timeout").asText(standard));
      if (timeout.compareTo(Duration.ofSeconds(1)) >= 0 && timeout.compareTo(LONGEST) <= 0) {
        return timeout;
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw wrong("timeout", "must be a duration from PT1S to PT5M");
  }

  private int maxCharacters(int standard) {
    JsonNode most = reader.path("maxCharacters");
    int characters = most.asInt(standard);
    if (!most.isMissingNode() && !most.isInt() || characters < 500 || characters > 100_000) {
      throw wrong("maxCharacters", "must be a whole number from 500 to 100000");
    }
    return characters;
  }

  private List<String> languages() {
    JsonNode list = reader.path("languages");
    if (list.isMissingNode()) {
      return List.of("en");
    }
    List<String> languages = new ArrayList<>();
    list.forEach(language -> languages.add(language.asText()));
    if (languages.isEmpty() || !languages.stream().allMatch(code -> code.matches("[a-z]{2}"))) {
      throw wrong("languages", "must be a list of ISO 639-1 codes such as en");
    }
    return languages;
  }

  private Map<String, FindingType> entities(JsonNode types) {
    if (!types.isObject() || types.isEmpty()) {
      throw wrong("types", "must map Presidio's entities to types, such as PERSON: PERSON");
    }
    Map<String, FindingType> entities = new LinkedHashMap<>();
    types
        .fields()
        .forEachRemaining(
            entity ->
                entities.put(entity.getKey(), type("types." + entity.getKey(), entity.getValue())));
    return entities;
  }

  private Set<FindingType> asked(CleansingRecipe recipe) {
    JsonNode types = reader.path("types");
    Set<FindingType> asked = new TreeSet<>();
    if (types.isMissingNode()) {
      for (FindingType type : FindingType.values()) {
        if (recipe.treatment(type).action() != RedactionAction.KEEP
            && type != FindingType.CONFIDENTIAL_TERM) {
          asked.add(type);
        }
      }
      return asked;
    }
    if (!types.isArray() || types.isEmpty()) {
      throw wrong("types", "must be a list of types, such as [PERSON]");
    }
    types.forEach(type -> asked.add(type("types", type)));
    return asked;
  }

  private FindingType type(String key, JsonNode name) {
    return Arrays.stream(FindingType.values())
        .filter(type -> type.name().equals(name.asText()))
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

  private String text(String key) {
    JsonNode value = reader.path(key);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw wrong(key, "is missing");
    }
    return value.asText().strip();
  }

  private void requireKnownKeys(String... own) {
    Set<String> known = new TreeSet<>(OF_ALL);
    known.addAll(List.of(own));
    reader
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw new IllegalArgumentException(
                    where
                        + " has an unknown key; known are "
                        + String.join(", ", known)
                        + " (a key of the service stands in an environment variable)");
              }
            });
  }

  private IllegalArgumentException wrong(String key, String what) {
    return new IllegalArgumentException(where + "." + key + " " + what);
  }
}
