package dev.migaki.cli.dryrun;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.cli.bus.DocumentFiles;
import dev.migaki.cli.bus.DocumentFiles.DocumentFile;
import dev.migaki.cli.terminal.TextTable;
import dev.migaki.cli.terminal.Visible;
import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.balance.BalanceWarning;
import dev.migaki.datasets.balance.Spread;
import dev.migaki.datasets.card.DataCard;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.preparation.DocumentPreparation;
import dev.migaki.datasets.preparation.PreparedDocument;
import dev.migaki.datasets.preparation.VersionPreparation;
import dev.migaki.datasets.probe.PrivacyProbe;
import dev.migaki.datasets.probe.ProbeReport;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.datasets.sealing.DocumentExamples;
import dev.migaki.datasets.sealing.Manifest;
import dev.migaki.datasets.sealing.SealedVersion;
import dev.migaki.datasets.sealing.SealingProgress;
import dev.migaki.datasets.sealing.SplitHistory;
import dev.migaki.datasets.spill.SpillFile;
import dev.migaki.datasets.spill.SpillSpace;
import dev.migaki.documents.parsing.ParseOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole recipe on some files, in this process: what the pipeline would seal from them as the
 * first version.
 */
public final class PreviewRun {
  private static final String CARD = "data-card.html";

  private final DatasetRecipe recipe;
  private final InputReader reader;
  private final String dataset;
  private final int probeValues;
  private final DocumentCleanser cleanser;
  private final Map<String, Integer> findings = new TreeMap<>();
  private final Map<String, Integer> rejects = new TreeMap<>();
  private final Map<String, String> refused = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final List<Manifest.Document> described = new ArrayList<>();

  /**
   * @param probeValues how many values the privacy probe plants, null for what the recipe says
   */
  public PreviewRun(DryRunRecipe recipe, String dataset, @Nullable Integer probeValues) {
    this.recipe = recipe.dataset();
    this.reader = new InputReader(recipe.documents());
    this.dataset = dataset;
    this.probeValues = probeValues == null ? this.recipe.examples().probeValues() : probeValues;
    this.cleanser =
        new DocumentCleanser(
            TextCleanser.create(this.recipe.cleansing(), SecondReaders.of(this.recipe)));
  }

  /**
   * A version that nobody has sealed yet; its files are there until it is closed.
   *
   * @param card the data card
   * @param refused file to the code and the reason of its rejection
   */
  public record Preview(Manifest manifest, byte[] card, Map<String, String> refused)
      implements AutoCloseable {
    /** The manifest as JSON. */
    public String manifestJson() {
      return new String(manifest.toJson(), StandardCharsets.UTF_8);
    }

    /** Writes all files, the manifest and the card. */
    public void writeTo(Path directory) throws IOException {
      Files.createDirectories(directory);
      for (Map.Entry<String, SpillFile> file : manifest.content().files().entrySet()) {
        try (InputStream content = file.getValue().open()) {
          Files.copy(
              content,
              directory.resolve(filename(file.getKey())),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Files.write(directory.resolve(CARD), card);
      Files.write(directory.resolve("manifest.json"), manifest.toJson());
    }

    /** What a person wants to know first. */
    public String summary(Path directory) {
      SealedVersion content = manifest.content();
      TextTable table = TextTable.ofText();
      table.row("documents", manifest.documents().size() + " used, " + refused.size() + " refused");
      table.row("removed", PreviewRun.counts(manifest.findings()));
      table.row("facts", Integer.toString(content.facts()));
      for (String file : List.of("train", "validation", "test", "edge", "unanswerable")) {
        table.row(file, Integer.toString(content.count(file)));
      }
      if (content.count("preference") > 0) {
        table.row("preference pairs", Integer.toString(content.count("preference")));
      }
      table.row("left out", PreviewRun.counts(manifest.rejects()));
      table.row("contradictions", Integer.toString(content.contradictions().size()));
      table.row("version", content.version().substring(0, 16));
      ProbeReport probe = manifest.probe();
      if (probe != null) {
        ProbeReport.Recall total = probe.total();
        table.row("probe", total.removed() + " of " + total.planted() + " invented values removed");
      }
      StringBuilder text = new StringBuilder();
      table.lines().forEach(line -> text.append(line).append('\n'));
      for (BalanceWarning warning : content.balance().warnings()) {
        text.append("  balance: ").append(warning.kind()).append(" \"").append(warning.name());
        text.append("\": ").append(warning.message()).append('\n');
      }
      refused.forEach(
          (file, why) -> text.append("  refused: %s: %s\n".formatted(Visible.name(file), why)));
      return text.append("  data card: ")
          .append(directory.resolve(CARD).toAbsolutePath().normalize())
          .toString();
    }

    @Override
    public void close() {
      manifest.content().close();
    }
  }

  private static String filename(String part) {
    return part + (part.equals("balance") ? ".json" : ".jsonl");
  }

  private static String counts(Map<String, Integer> counts) {
    List<String> parts = new ArrayList<>();
    Spread.of(counts).counts().forEach((name, count) -> parts.add(name + " " + count));
    return parts.isEmpty() ? "nothing" : String.join(", ", parts);
  }

  /** Runs the recipe. */
  public Preview run(List<Path> paths) throws IOException {
    List<DocumentExamples> documents = new ArrayList<>();
    for (DocumentFile file : DocumentFiles.below(paths)) {
      try (InputStream in = Files.newInputStream(file.path())) {
        take(file.name(), reader.bytes(in), documents);
      }
    }
    SealedVersion sealed =
        new VersionPreparation(recipe.examples(), cleanser, SpillSpace.systemDirectory())
            .seal(dataset, documents, SplitHistory.none(), SealingProgress.none())
            .version();
    sealed.rejects().forEach((reason, n) -> rejects.merge(reason, n, Integer::sum));
    return preview(sealed, probe(documents));
  }

  private void take(String name, byte[] bytes, List<DocumentExamples> documents)
      throws IOException {
    ArchiveFiles.flat(
        new DryRunInput.Document(TextNode.valueOf(name), name, bytes),
        reader,
        warning -> refused.put(name, "INCOMPLETE: " + warning),
        file -> {
          byte[] content = file instanceof DryRunInput.Document one ? one.bytes() : bytes;
          take(file.id().asText(), content, reader.file(file), documents);
        });
  }

  private void take(
      String name, byte[] bytes, ParseOutcome outcome, List<DocumentExamples> documents) {
    if (outcome instanceof ParseOutcome.Rejected rejected) {
      refused.put(name, rejected.code() + ": " + rejected.message());
    } else if (!seen.add(ContentHash.ofBytes(bytes))) {
      // the front door knows the same bytes when they come again
      refused.put(name, "DUPLICATE: the same bytes as another file");
    } else {
      documents.add(prepare(name, (ParseOutcome.Parsed) outcome));
    }
  }

  private DocumentExamples prepare(String name, ParseOutcome.Parsed parsed) {
    PreparedDocument prepared =
        new DocumentPreparation(cleanser, recipe.examples().quality())
            .prepare(name, 1, name, parsed.document());
    prepared.clean().findings().forEach((type, n) -> findings.merge(type, n, Integer::sum));
    prepared.rejects().forEach((reason, n) -> rejects.merge(reason, n, Integer::sum));
    String shown = prepared.clean().filename();
    described.add(new Manifest.Document(name, 1, shown, prepared.examples().size()));
    return new DocumentExamples(name, 1, 1, shown, prepared.examples());
  }

  private @Nullable ProbeReport probe(List<DocumentExamples> documents) {
    if (probeValues == 0) {
      return null;
    }
    List<Example> carriers = documents.stream().flatMap(d -> d.examples().stream()).toList();
    return new PrivacyProbe(cleanser, recipe.examples().seed()).run(carriers, probeValues);
  }

  private Preview preview(SealedVersion sealed, @Nullable ProbeReport probe) {
    Map<String, Manifest.FileReference> references = new LinkedHashMap<>();
    sealed
        .files()
        .forEach(
            (name, file) ->
                references.put(
                    name,
                    new Manifest.FileReference(
                        filename(name),
                        ContentHash.ofStream(file.open()),
                        file.sizeBytes(),
                        name.equals("balance") ? "application/json" : "application/jsonl")));
    Manifest manifest =
        new Manifest(
            dataset,
            1,
            sealed,
            recipe.hash(),
            null,
            described,
            List.of(),
            new TreeMap<>(findings),
            new TreeMap<>(rejects),
            probe,
            references);
    byte[] card = DataCard.of(manifest);
    Manifest.FileReference reference =
        new Manifest.FileReference(
            CARD, ContentHash.ofBytes(card), card.length, DataCard.MEDIA_TYPE);
    return new Preview(manifest.withFile("data-card", reference), card, refused);
  }
}
