package dev.migaki.datasets.sealing;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.migaki.datasets.balance.BalanceWarning;
import dev.migaki.datasets.jsonl.ChatJsonl;
import dev.migaki.datasets.probe.ProbeReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset version is made of: the one document that training and evaluation start from. It
 * holds no time, so the same version sealed again gives the same bytes.
 *
 * @param number counts the dataset's versions from 1
 * @param recipeHash SHA-256 of the recipe file's bytes
 * @param previous version before this one, null for the first
 * @param documents what went in, by id
 * @param covered ranges of the front door's topic that the documents came from
 * @param findings what was removed from the documents, by type
 * @param rejects what was left out of the documents and while sealing, by reason
 * @param probe what the privacy probe measured, null when none was asked for
 * @param files name to where it lies
 */
public record Manifest(
    String dataset,
    int number,
    SealedVersion content,
    String recipeHash,
    @Nullable String previous,
    List<Document> documents,
    List<Range> covered,
    SortedMap<String, Integer> findings,
    SortedMap<String, Integer> rejects,
    @Nullable ProbeReport probe,
    Map<String, FileReference> files) {
  /** Media type of the stored form. */
  public static final String MEDIA_TYPE = "application/vnd.migaki.manifest+json";

  public Manifest {
    requireNonNull(dataset, "dataset");
    requireNonNull(content, "content");
    requireNonNull(recipeHash, "recipeHash");
    documents = List.copyOf(documents);
    covered = List.copyOf(covered);
    findings = new TreeMap<>(findings);
    rejects = new TreeMap<>(rejects);
    files = new TreeMap<>(files);
  }

  /** A document in the version it was sealed in. */
  public record Document(String id, int version, String filename, int examples) {}

  /** Offsets of one partition, both inclusive. */
  public record Range(String topic, int partition, long first, long last) {}

  /** Claim check of a file; the fields of {@code ArtifactRef}. */
  public record FileReference(String location, String sha256, long sizeBytes, String mediaType) {}

  /** This manifest with one more file. */
  public Manifest withFile(String name, FileReference file) {
    Map<String, FileReference> more = new TreeMap<>(files);
    more.put(name, file);
    return new Manifest(
        dataset,
        number,
        content,
        recipeHash,
        previous,
        documents,
        covered,
        findings,
        rejects,
        probe,
        more);
  }

  /** UTF-8 JSON with its fields in a fixed order. */
  public byte[] toJson() {
    return ChatJsonl.write(this::write).getBytes(StandardCharsets.UTF_8);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("schema", "migaki.manifest.v1");
    json.writeStringField("dataset", dataset);
    json.writeNumberField("number", number);
    json.writeStringField("version", content.version());
    if (previous != null) {
      json.writeStringField("previous", previous);
    }
    json.writeStringField("recipeHash", recipeHash);
    json.writeNumberField("facts", content.facts());
    counts(json, "counts", content.lines());
    counts(json, "tokens", content.tokens());
    counts(json, "languages", content.languages());
    counts(json, "kinds", content.kinds());
    if (!content.teachers().isEmpty()) {
      counts(json, "teachers", content.teachers());
    }
    counts(json, "findings", findings);
    counts(json, "rejects", rejects);
    json.writeNumberField("contradictions", content.contradictions().size());
    json.writeArrayFieldStart("covered");
    for (Range range : covered) {
      json.writeStartObject();
      json.writeStringField("topic", range.topic());
      json.writeNumberField("partition", range.partition());
      json.writeNumberField("first", range.first());
      json.writeNumberField("last", range.last());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("balanceWarnings");
    for (BalanceWarning warning : content.balance().warnings()) {
      json.writeString(warning.kind() + ": " + warning.name());
    }
    json.writeEndArray();
    if (probe != null) {
      json.writeFieldName("privacyProbe");
      probe.write(json);
    }
    writeDocuments(json);
    writeFiles(json);
    json.writeEndObject();
  }

  private void writeDocuments(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("documents");
    for (Document document : documents) {
      json.writeStartObject();
      json.writeStringField("id", document.id());
      json.writeNumberField("version", document.version());
      json.writeStringField("filename", document.filename());
      json.writeNumberField("examples", document.examples());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeFiles(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("files");
    for (Map.Entry<String, FileReference> file : files.entrySet()) {
      json.writeObjectFieldStart(file.getKey());
      json.writeStringField("location", file.getValue().location());
      json.writeStringField("sha256", file.getValue().sha256());
      json.writeNumberField("sizeBytes", file.getValue().sizeBytes());
      json.writeStringField("mediaType", file.getValue().mediaType());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void counts(JsonGenerator json, String name, Map<String, ? extends Number> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, ? extends Number> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue().longValue());
    }
    json.writeEndObject();
  }
}
