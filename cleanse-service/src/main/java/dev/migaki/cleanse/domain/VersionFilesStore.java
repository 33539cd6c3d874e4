package dev.migaki.cleanse.domain;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.sealing.Manifest;
import dev.migaki.datasets.sealing.SplitHistory;
import dev.migaki.datasets.spill.SpillFile;
import java.util.List;
import java.util.Map;

/** Keeps examples and sealed versions. */
public interface VersionFilesStore {

  ArtifactRef storeExamples(List<Example> examples);

  List<Example> examples(ArtifactRef file);

  /** Forgets a file of examples. */
  void forget(ArtifactRef file);

  /** Stores a version's files; name to where each lies. */
  Map<String, Manifest.FileReference> storeFiles(Map<String, SpillFile> files);

  /** Stores the data card of a version; the manifest that names it. */
  Manifest withCard(Manifest manifest);

  ArtifactRef storeManifest(Manifest manifest);

  /** What the version of this manifest trained and held out, read whenever it is asked for. */
  SplitHistory history(ArtifactRef manifest);

  /** The manifest's JSON. */
  byte[] manifest(ArtifactRef manifest);

  /** The lines of one of the version's files; none if it has no such file. */
  List<String> lines(ArtifactRef manifest, String file);
}
