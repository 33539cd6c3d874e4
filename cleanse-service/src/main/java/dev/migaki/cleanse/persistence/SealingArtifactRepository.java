package dev.migaki.cleanse.persistence;

import dev.migaki.contracts.ArtifactRef;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** What sealings store and no sealed version names yet. */
@ApplicationScoped
public class SealingArtifactRepository
    implements PanacheRepositoryBase<SealingArtifactEntity, SealingArtifactEntity.Key> {

  /** Notes artifacts before they are stored. */
  public void note(String dataset, String owner, Collection<ArtifactRef> artifacts) {
    for (ArtifactRef artifact : artifacts) {
      SealingArtifactEntity.Key key =
          new SealingArtifactEntity.Key(dataset, owner, artifact.sha256());
      if (findByIdOptional(key).isEmpty()) {
        SealingArtifactEntity row = new SealingArtifactEntity();
        row.key = key;
        row.sizeBytes = artifact.sizeBytes();
        persist(row);
      }
    }
  }

  /** What is noted for a dataset, by whomever. */
  public List<SealingArtifactEntity> notes(String dataset) {
    return list("key.dataset", dataset);
  }

  /** Whether a sealing stores this content, other than the one of this note. */
  public boolean isNotedBesides(SealingArtifactEntity.Key note) {
    return count(
            "key.sha256 = ?1 and not (key.dataset = ?2 and key.owner = ?3)",
            note.sha256,
            note.dataset,
            note.owner)
        > 0;
  }

  /** Whether any sealing stores this content. */
  public boolean isNoted(String sha256) {
    return count("key.sha256", sha256) > 0;
  }

  /** A sealed version names them from now on. */
  public void forget(String dataset, String owner) {
    delete("key.dataset = ?1 and key.owner = ?2", dataset, owner);
  }

  /**
   * Until the end of the transaction nobody notes anything: what is found unneeded now may be
   * deleted, and who wants it afterwards stores it anew.
   */
  public void pauseNotes() {
    getEntityManager()
        .createNativeQuery("lock table cleanse.sealing_artifact in share row exclusive mode")
        .executeUpdate();
  }
}
