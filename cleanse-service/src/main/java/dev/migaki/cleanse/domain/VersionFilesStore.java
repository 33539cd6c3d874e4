package dev.migaki.cleanse.domain;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.sealing.Manifest;
import dev.migaki.datasets.sealing.SplitHistory;
import java.util.List;

/** Keeps examples and sealed versions. */
public interface VersionFilesStore {

  ArtifactRef storeExamples(List<Example> examples);

  List<Example> examples(ArtifactRef file);

  /** Forgets a file of examples. */
  void forget(ArtifactRef file);

  /**
   * A version whose artifacts are known by their content and not stored yet.
   *
   * @param reference of the manifest
   * @param artifacts of the manifest, the data card and the files
   */
  record Unstored(Manifest manifest, ArtifactRef reference, List<ArtifactRef> artifacts) {}

  /** Adds to a manifest where its content's files and its data card will lie. */
  Unstored described(Manifest manifest);

  /** Stores the files, the data card and the manifest. */
  void store(Unstored version);

  /** What the version of this manifest trained and held out, read whenever it is asked for. */
  SplitHistory history(ArtifactRef manifest);

  /** The manifest's JSON. */
  byte[] manifest(ArtifactRef manifest);

  /** The lines of one of the version's files; none if it has no such file. */
  List<String> lines(ArtifactRef manifest, String file);
}
