package dev.migaki.cleanse.persistence;

import jakarta.transaction.TransactionScoped;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/** Documents of which the current transaction knows that there is no row. */
@TransactionScoped
class UnknownDocuments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Set<DocumentEntity.Key> keys = new HashSet<>();

  void add(DocumentEntity.Key key) {
    keys.add(key);
  }

  void remove(DocumentEntity.Key key) {
    keys.remove(key);
  }

  boolean contains(DocumentEntity.Key key) {
    return keys.contains(key);
  }
}
