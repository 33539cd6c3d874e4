package dev.migaki.cli.demo;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the samples hide, as {@code samples/planted.json} lists it. */
record Planted(
    List<Value> findings,
    List<Value> secrets,
    List<List<String>> duplicates,
    List<List<String>> nearDuplicates,
    List<Contradiction> contradictions,
    List<Refusal> rejected,
    List<Change> changes) {

  Planted {
    findings = List.copyOf(findings);
    secrets = List.copyOf(secrets);
    duplicates = List.copyOf(duplicates);
    nearDuplicates = List.copyOf(nearDuplicates);
    contradictions = List.copyOf(contradictions);
    rejected = List.copyOf(rejected);
    changes = List.copyOf(changes);
  }

  /** Personal data or a secret, and the file that holds it. */
  record Value(String type, String value, String file) {}

  /** Two files that answer one question differently. */
  record Contradiction(
      List<String> files, String language, String question, List<String> answers) {}

  /** A file that must be refused for this reason. */
  record Refusal(String file, String code) {}

  /** A question whose answer the second batch changes. */
  record Change(String id, String language, String question, String before, String after) {}

  /** Everything that must be gone. */
  List<Value> values() {
    return Stream.concat(findings.stream(), secrets.stream()).toList();
  }

  static Planted read(Path file) throws IOException {
    return JsonMapper.builder()
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build()
        .readValue(Files.readAllBytes(file), Planted.class);
  }
}
