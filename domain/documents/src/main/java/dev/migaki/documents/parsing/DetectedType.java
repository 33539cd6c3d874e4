package dev.migaki.documents.parsing;

/**
 * What a file is.
 *
 * @param mediaType IANA media type without parameters
 */
record DetectedType(Format format, String mediaType) {

  /** Which reader takes the file. */
  enum Format {
    PLAIN_TEXT,
    MARKDOWN,
    HTML,
    XML,
    CSV,
    JSON,
    MAIL,
    MAILBOX,
    ZIP,
    SEVEN_ZIP,
    TAR,
    GZIP,
    PDF,
    OFFICE
  }
}
