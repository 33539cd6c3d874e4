package dev.migaki.cleansing.repair;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Undoes the reading of bytes in the wrong encoding.
 *
 * <p>UTF-8 read as windows-1252 or Latin-1 is repaired run by run: valid multi-byte UTF-8 does not
 * happen by accident. Shift_JIS and EUC-JP read so are repaired line by line, and only if kana come
 * out, because two-byte codes accept nearly anything.
 */
final class MojibakeRepair {

  private static final Charset SHIFT_JIS = Charset.forName("windows-31j");
  private static final Charset EUC_JP = Charset.forName("EUC-JP");
  private static final String CP1252_C1 =
      "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
          + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";
  private static final int MAX_PASSES = 3;

  private MojibakeRepair() {}

  static String repair(String text) {
    if (!isSuspicious(text)) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text.length());
    int start = 0;
    while (start <= text.length()) {
      int end = text.indexOf('\n', start);
      int stop = end < 0 ? text.length() : end;
      repaired.append(repairLine(text.substring(start, stop)));
      if (end < 0) {
        break;
      }
      repaired.append('\n');
      start = end + 1;
    }
    return repaired.toString();
  }

  private static boolean isSuspicious(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (byteOf(c) >= 0x80 || c == '縺' || c == '繧' || c == '繝' || c == '蜿') {
        return true;
      }
    }
    return false;
  }

  private static String repairLine(String line) {
    String current = line;
    for (int pass = 0; pass < MAX_PASSES; pass++) {
      String next = onePass(current);
      if (next.equals(current)) {
        return current;
      }
      current = next;
    }
    return current;
  }

  private static String onePass(String line) {
    String runs = utf8Runs(line, true);
    if (!runs.equals(line)) {
      return runs;
    }
    String japanese = japaneseLine(line);
    if (japanese != null) {
      return japanese;
    }
    String sequences = utf8Runs(line, false);
    if (!sequences.equals(line)) {
      return sequences;
    }
    String shifted = utf8ReadAsShiftJis(line);
    return shifted == null ? line : shifted;
  }

  /** Byte that windows-1252 (or Latin-1) reads as this character; -1 if none, below 0x80 ASCII. */
  static int byteOf(char c) {
    if (c < 0x80 || c >= 0xA0 && c <= 0xFF) {
      return c;
    }
    if (c <= 0x9F) {
      return c;
    }
    int index = CP1252_C1.indexOf(c);
    return index < 0 ? -1 : 0x80 + index;
  }

  private static String utf8Runs(String line, boolean whole) {
    StringBuilder repaired = new StringBuilder(line.length());
    int i = 0;
    while (i < line.length()) {
      int start = i;
      while (i < line.length() && byteOf(line.charAt(i)) >= 0x80) {
        i++;
      }
      if (i > start) {
        String run = line.substring(start, i);
        repaired.append(whole ? wholeRun(run) : certainSequences(run));
      } else {
        repaired.append(line.charAt(i));
        i++;
      }
    }
    return repaired.toString();
  }

  /** A run that is valid UTF-8 from end to end and too long for an accident. */
  private static String wholeRun(String run) {
    String decoded = run.length() >= 4 ? decode(bytes(run), StandardCharsets.UTF_8) : null;
    return decoded == null ? run : decoded;
  }

  /** Only sequences that ordinary text does not contain. */
  private static String certainSequences(String run) {
    StringBuilder decoded = new StringBuilder(run.length());
    int i = 0;
    while (i < run.length()) {
      int length = sequenceLength(byteOf(run.charAt(i)));
      String character = null;
      if (length > 1 && i + length <= run.length()) {
        character = decode(bytes(run.substring(i, i + length)), StandardCharsets.UTF_8);
      }
      decoded.append(character == null ? run.substring(i, i + 1) : character);
      i += character == null ? 1 : length;
    }
    return decoded.toString();
  }

  /** Bytes of the sequence that a lead byte begins; 1 if it begins none that is certain. */
  private static int sequenceLength(int lead) {
    if (lead == 0xC2 || lead == 0xC3) {
      return 2;
    }
    if (lead >= 0xE0 && lead < 0xF0) {
      return 3;
    }
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 1;
  }

  private static @Nullable String japaneseLine(String line) {
    int high = 0;
    for (int i = 0; i < line.length(); i++) {
      int b = byteOf(line.charAt(i));
      if (b < 0) {
        return null;
      }
      high += b >= 0x80 ? 1 : 0;
    }
    if (high < 3 || high * 4 < line.length()) {
      return null;
    }
    byte[] bytes = bytes(line);
    String best = null;
    double bestShare = 0.89;
    for (Charset charset : new Charset[] {SHIFT_JIS, EUC_JP}) {
      String decoded = decode(bytes, charset);
      double share = decoded == null ? 0 : japaneseShare(decoded);
      if (share > bestShare) {
        best = decoded;
        bestShare = share;
      }
    }
    return best;
  }

  /** Share of kana, common Han and Japanese punctuation in the non-ASCII; 0 without kana. */
  private static double japaneseShare(String text) {
    int kana = 0;
    int good = 0;
    int all = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      all++;
      boolean isKana = c >= 'ぁ' && c <= 'ヿ';
      kana += isKana ? 1 : 0;
      good +=
          isKana || c >= '一' && c <= '鿿' || c >= '\u3000' && c <= '〜' || c >= '！' && c <= '～'
              ? 1
              : 0;
    }
    return kana == 0 || kana * 8 < all ? 0 : (double) good / all;
  }

  private static @Nullable String utf8ReadAsShiftJis(String line) {
    if (line.indexOf('縺') < 0 && line.indexOf('繧') < 0 && line.indexOf('繝') < 0) {
      return null;
    }
    byte[] bytes = encode(line, SHIFT_JIS);
    String decoded = bytes == null ? null : decode(bytes, StandardCharsets.UTF_8);
    return decoded != null && japaneseShare(decoded) > 0.8 ? decoded : null;
  }

  private static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes.write(byteOf(text.charAt(i)));
    }
    return bytes.toByteArray();
  }

  private static @Nullable String decode(byte[] bytes, Charset charset) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      return null; // not this encoding
    }
  }

  private static byte @Nullable [] encode(String text, Charset charset) {
    try {
      ByteBuffer buffer =
          charset
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      return null; // has characters that this encoding lacks
    }
  }
}
