package dev.migaki.ingest.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Documents that were taken from watched places. */
@ApplicationScoped
public class WatchedDocumentRepository
    implements PanacheRepositoryBase<WatchedDocumentEntity, WatchedDocumentEntity.Key> {

  /** Name to stamp of what was taken for a dataset. */
  public Map<String, String> taken(String dataset) {
    Map<String, String> stamps = new HashMap<>();
    list("key.dataset", dataset).forEach(entity -> stamps.put(entity.key.name, entity.stamp));
    return stamps;
  }

  /** Notes that a document was taken. */
  public void note(String dataset, String name, String stamp, Instant now) {
    WatchedDocumentEntity.Key key = new WatchedDocumentEntity.Key(dataset, name);
    WatchedDocumentEntity entity =
        findByIdOptional(key)
            .orElseGet(
                () -> {
                  WatchedDocumentEntity created = new WatchedDocumentEntity();
                  created.key = key;
                  return created;
                });
    entity.stamp = stamp;
    entity.takenAt = now;
    persist(entity);
  }
}
