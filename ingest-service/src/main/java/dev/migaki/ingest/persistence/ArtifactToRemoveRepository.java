package dev.migaki.ingest.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Artifacts that wait for their removal. */
@ApplicationScoped
public class ArtifactToRemoveRepository
    implements PanacheRepositoryBase<ArtifactToRemoveEntity, String> {

  /** Those whose time has come. */
  public List<ArtifactToRemoveEntity> due(Instant now) {
    return find("dueAt <= ?1", now).page(0, 100).list();
  }

  /** Notes an artifact unless it is noted already. */
  public void add(String sha256, String location, long sizeBytes, String mediaType, Instant dueAt) {
    if (findByIdOptional(sha256).isPresent()) {
      return;
    }
    ArtifactToRemoveEntity entity = new ArtifactToRemoveEntity();
    entity.sha256 = sha256;
    entity.location = location;
    entity.sizeBytes = sizeBytes;
    entity.mediaType = mediaType;
    entity.dueAt = dueAt;
    persist(entity);
  }
}
