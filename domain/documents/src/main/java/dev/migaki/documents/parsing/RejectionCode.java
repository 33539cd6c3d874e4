package dev.migaki.documents.parsing;

/** Why a file gives no text; a bounded set, used as a metric tag and shown to people. */
public enum RejectionCode {
  /** The file has no bytes, or nothing but white space. */
  EMPTY,
  /** A password or rights management keeps us out. */
  ENCRYPTED,
  /** The file is broken: cut off, garbled or not what its format requires. */
  DAMAGED,
  /** More bytes or characters than the limits allow. */
  TOO_LARGE,
  /** A format that holds no text we can read. */
  UNSUPPORTED,
  /** The format is fine but holds no text, such as a scan or a presentation of pictures. */
  NO_TEXT,
  /** Files inside files, deeper than the limit. */
  TOO_DEEP,
  /** Unpacks to suspiciously much: a decompression bomb. */
  BOMB,
  /** The name of a file in an archive leads out of it, or is none. */
  UNSAFE_NAME,
  /** Reading took longer than the limit. */
  TIMEOUT,
  /** Reading needed more memory than the limit. */
  TOO_MUCH_MEMORY
}
