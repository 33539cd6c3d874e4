package dev.migaki.documents.parsing;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import org.apache.tika.parser.txt.CharsetDetector;
import org.apache.tika.parser.txt.CharsetMatch;
import org.jspecify.annotations.Nullable;

/**
 * From bytes of unknown encoding to text.
 *
 * <p>Order: byte order mark, ISO-2022-JP escapes, UTF-16 without a mark, strict UTF-8, the declared
 * charset if it fits, then the Japanese encodings against each other by how Japanese the result
 * looks, and last the statistics of ICU (as carried by Tika). ISO-8859-1 is read as windows-1252,
 * as browsers do: real files that claim the former mean the latter.
 */
final class TextDecoder {

  private static final int SAMPLE_BYTES = 64 << 10;
  private static final Charset WINDOWS_31J = Charset.forName("windows-31j");
  private static final Charset EUC_JP = Charset.forName("EUC-JP");
  private static final Charset ISO_2022_JP = Charset.forName("x-windows-iso2022jp");
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");

  /**
   * @param charset IANA name
   */
  record Decoded(String text, String charset) {}

  private TextDecoder() {}

  /** Decodes; never fails, malformed sequences become U+FFFD. */
  static Decoded decode(byte[] bytes, @Nullable String declared) {
    Charset charset = detect(bytes, declared);
    String text = TextLines.normalise(new String(bytes, charset));
    return new Decoded(text, nameOf(charset));
  }

  private static String nameOf(Charset charset) {
    if (charset.equals(WINDOWS_31J)) {
      return "Shift_JIS";
    }
    return charset.equals(ISO_2022_JP) ? "ISO-2022-JP" : charset.name();
  }

  private static Charset detect(byte[] bytes, @Nullable String declared) {
    Charset marked = byMark(bytes);
    if (marked != null) {
      return marked;
    }
    if (hasJisEscapes(bytes)) {
      return ISO_2022_JP;
    }
    Charset wide = utf16WithoutMark(bytes);
    if (wide != null) {
      return wide;
    }
    if (decodes(bytes, StandardCharsets.UTF_8)) {
      return StandardCharsets.UTF_8;
    }
    Charset named = named(declared);
    if (named != null && decodes(bytes, named)) {
      return named;
    }
    return legacy(bytes);
  }

  private static @Nullable Charset byMark(byte[] b) {
    if (startsWith(b, 0xef, 0xbb, 0xbf)) {
      return StandardCharsets.UTF_8;
    }
    if (startsWith(b, 0, 0, 0xfe, 0xff)) {
      return UTF_32BE;
    }
    if (startsWith(b, 0xff, 0xfe, 0, 0)) {
      return UTF_32LE;
    }
    if (startsWith(b, 0xfe, 0xff)) {
      return StandardCharsets.UTF_16BE;
    }
    return startsWith(b, 0xff, 0xfe) ? StandardCharsets.UTF_16LE : null;
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasJisEscapes(byte[] bytes) {
    boolean escape = false;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
      if (bytes[i] == 0x1b && i + 2 < bytes.length) {
        escape |= bytes[i + 1] == '$' && (bytes[i + 2] == 'B' || bytes[i + 2] == '@');
      }
    }
    return escape;
  }

  private static @Nullable Charset utf16WithoutMark(byte[] bytes) {
    if (bytes.length < 4 || bytes.length % 2 != 0) {
      return null;
    }
    int length = Math.min(bytes.length, SAMPLE_BYTES);
    int[] zeros = new int[2];
    for (int i = 0; i < length; i++) {
      if (bytes[i] == 0) {
        zeros[i & 1]++;
      }
    }
    if (zeros[0] + zeros[1] == 0) {
      return null;
    }
    Charset candidate = zeros[0] > zeros[1] ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    String sample = new String(bytes, 0, length & ~1, candidate);
    long expected = sample.chars().filter(TextDecoder::isCommon).count();
    return expected * 10 >= sample.length() * 9L ? candidate : null;
  }

  private static boolean isCommon(int c) {
    return c == '\n'
        || c == '\r'
        || c == '\t'
        || (c >= 0x20 && c < 0x7f)
        || (c >= 0xa0 && c < 0x530)
        || (c >= 0x2010 && c < 0x2030)
        || (c >= 0x3000 && c < 0x3100)
        || (c >= 0x4e00 && c < 0xa000)
        || (c >= 0xac00 && c < 0xd7a4)
        || (c >= 0xff00 && c < 0xfff0);
  }

  /** The charset with this name, if the platform knows it; ISO-8859-1 becomes windows-1252. */
  static @Nullable Charset named(@Nullable String name) {
    if (name == null || name.isBlank()) {
      return null;
    }
    try {
      Charset charset = Charset.forName(name.strip());
      String canonical = charset.name();
      return switch (canonical) {
        case "ISO-8859-1", "US-ASCII" -> WINDOWS_1252;
        case "Shift_JIS" -> WINDOWS_31J;
        case "ISO-2022-JP" -> ISO_2022_JP;
        default -> charset;
      };
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      // an unknown name is no information; detection goes on
      return null;
    }
  }

  private static Charset legacy(byte[] bytes) {
    Charset best = null;
    double bestScore = 0.5;
    for (Charset candidate : List.of(WINDOWS_31J, EUC_JP)) {
      double score = japaneseScore(bytes, candidate);
      if (score > bestScore) {
        bestScore = score;
        best = candidate;
      }
    }
    return best != null ? best : statistical(bytes);
  }

  /**
   * Share of kana and frequent punctuation among the non-ASCII characters, less the share of
   * half-width katakana and rare ideographs that a wrong decoding is full of; -1 if it does not
   * decode.
   */
  private static double japaneseScore(byte[] bytes, Charset charset) {
    CharBuffer text = strictly(bytes, charset);
    if (text == null) {
      return -1;
    }
    int kana = 0;
    int kanji = 0;
    int strange = 0;
    int other = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      if ((c >= 0x3040 && c <= 0x30ff) || (c >= 0x3000 && c <= 0x3015)) {
        kana++;
      } else if (c >= 0x4e00 && c <= 0x9fff) {
        kanji++;
      } else if (c >= 0xff61 && c <= 0xff9f || c >= 0xe000 && c <= 0xf8ff) {
        strange++;
      } else {
        other++;
      }
    }
    double all = kana + kanji + strange + other;
    if (all == 0) {
      return -1;
    }
    // names and table cells are nearly all kanji: they count, but less than kana
    return (kana + 0.75 * kanji + 0.4 * other - strange) / all;
  }

  private static Charset statistical(byte[] bytes) {
    CharsetDetector detector = new CharsetDetector();
    detector.setText(bytes.length > SAMPLE_BYTES ? cut(bytes) : bytes);
    CharsetMatch match = detector.detect();
    Charset charset = match == null ? null : named(match.getName());
    return charset == null ? WINDOWS_1252 : charset;
  }

  private static byte[] cut(byte[] bytes) {
    return java.util.Arrays.copyOf(bytes, SAMPLE_BYTES);
  }

  private static boolean decodes(byte[] bytes, Charset charset) {
    return strictly(bytes, charset) != null;
  }

  private static @Nullable CharBuffer strictly(byte[] bytes, Charset charset) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
