package dev.migaki.cleanse.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A document in the version in which it is being sealed. */
@Entity
@Table(name = "snapshot_document")
public class SnapshotDocumentEntity extends DocumentColumns {}
