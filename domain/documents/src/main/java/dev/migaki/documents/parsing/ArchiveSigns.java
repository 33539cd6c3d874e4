package dev.migaki.documents.parsing;

import java.util.Arrays;

/** First bytes that archives have; DOCX and its like have those of ZIP too. */
final class ArchiveSigns {

  /** So many first bytes tell. */
  static final int HEAD = 512;

  private static final int TAR_MARK = 257;
  private static final byte[] TAR = {'u', 's', 't', 'a', 'r'};
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] SEVEN_ZIP = {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c};
  private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};

  private ArchiveSigns() {}

  static boolean in(byte[] head) {
    return holds(head, 0, ZIP) || holds(head, 0, SEVEN_ZIP) || isGzip(head) || isTar(head);
  }

  static boolean isZip(byte[] head) {
    return holds(head, 0, ZIP);
  }

  static boolean isGzip(byte[] head) {
    return holds(head, 0, GZIP);
  }

  static boolean isTar(byte[] head) {
    return holds(head, TAR_MARK, TAR);
  }

  private static boolean holds(byte[] bytes, int at, byte[] sign) {
    return bytes.length >= at + sign.length
        && Arrays.equals(bytes, at, at + sign.length, sign, 0, sign.length);
  }
}
