package dev.migaki.cleanse.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Something that was removed: where and what kind, never what. */
@Entity
@Table(name = "finding")
public class FindingEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  public String dataset;

  @Column(name = "document_id")
  public String documentId;

  /** Number of the text in the document, in reading order. */
  @Column(name = "text_number")
  public int textNumber;

  public String type;

  @Column(name = "start_position")
  public int startPosition;

  @Column(name = "end_position")
  public int endPosition;

  public double score;
  public String recognizer;

  /** HMAC of the value. */
  public String mark;
}
