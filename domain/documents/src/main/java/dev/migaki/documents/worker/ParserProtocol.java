package dev.migaki.documents.worker;

import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.parsing.ParseOutcome.Unpacked.Entry;
import dev.migaki.documents.parsing.RejectionCode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes over the pipes of a parser process: length-prefixed frames, one answer per request, a
 * {@code READY} from the process before the first request.
 *
 * <pre>
 * request  = MAGIC hint(filename) hint(contentType) hint(language) hint(directory) limits millis length bytes
 * answer   = 0 warnings json   |   1 code message   |   2 mediaType warnings entries
 * entry    = path 0 file sizeBytes   |   path 1 code message
 * </pre>
 */
public final class ParserProtocol {

  private static final int MAGIC = 0x4d494741;
  private static final int READY = 0x52454144;
  private static final int PARSED = 0;
  private static final int REJECTED = 1;
  private static final int UNPACKED = 2;
  private static final int MAX_HINT = 4096;

  private ParserProtocol() {}

  /**
   * A file to read.
   *
   * @param directory where an archive is to be unpacked to, null when it is to be read as one
   *     document
   * @param timeout after which the process is to end itself, in case that nobody is left to end it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Request(
      byte[] bytes,
      ParseHints hints,
      @Nullable Path directory,
      ParseLimits limits,
      Duration timeout) {}

  static void writeReady(DataOutputStream out) throws IOException {
    out.writeInt(READY);
    out.flush();
  }

  /**
   * Waits until the process has loaded its parsers.
   *
   * @throws IOException when it ends before, or is something else
   */
  public static void awaitReady(DataInputStream in) throws IOException {
    if (in.readInt() != READY) {
      throw new IOException("the process at the other end is no parser");
    }
  }

  /** Sends a file. */
  public static void writeRequest(DataOutputStream out, Request request) throws IOException {
    out.writeInt(MAGIC);
    writeHint(out, request.hints().filename());
    writeHint(out, request.hints().contentType());
    writeHint(out, request.hints().language());
    Path directory = request.directory();
    writeHint(out, directory == null ? null : directory.toString());
    writeLimits(out, request.limits());
    out.writeLong(request.timeout().toMillis());
    out.writeInt(request.bytes().length);
    out.write(request.bytes());
    out.flush();
  }

  /** The next file, or null when the other end has closed the pipe between two requests. */
  static @Nullable Request readRequest(DataInputStream in) throws IOException {
    int magic;
    try {
      magic = in.readInt();
    } catch (EOFException e) {
      // the other end has no more files
      return null;
    }
    if (magic != MAGIC) {
      throw new IOException("not a request");
    }
    ParseHints hints = new ParseHints(readHint(in), readHint(in), readHint(in));
    String place = readHint(in);
    Path directory = place == null ? null : Path.of(place);
    ParseLimits limits = readLimits(in);
    Duration timeout = Duration.ofMillis(in.readLong());
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new Request(bytes, hints, directory, limits, timeout);
  }

  private static void writeLimits(DataOutputStream out, ParseLimits limits) throws IOException {
    out.writeLong(limits.maxBytes());
    out.writeInt(limits.maxCharacters());
    out.writeInt(limits.maxArchiveEntries());
    out.writeInt(limits.maxExpansion());
    out.writeLong(limits.expansionFloorBytes());
    out.writeLong(limits.maxUnpackedBytes());
    out.writeInt(limits.maxDepth());
  }

  private static ParseLimits readLimits(DataInputStream in) throws IOException {
    return new ParseLimits(
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readInt());
  }

  static void writeOutcome(DataOutputStream out, ParseOutcome outcome) throws IOException {
    if (outcome instanceof ParseOutcome.Parsed parsed) {
      out.writeByte(PARSED);
      writeWarnings(out, parsed.warnings());
      byte[] json = ParsedDocumentJson.write(parsed.document());
      out.writeInt(json.length);
      out.write(json);
    } else if (outcome instanceof ParseOutcome.Rejected rejected) {
      out.writeByte(REJECTED);
      out.writeUTF(rejected.code().name());
      out.writeUTF(rejected.message());
    } else if (outcome instanceof ParseOutcome.Unpacked unpacked) {
      writeUnpacked(out, unpacked);
    }
    out.flush();
  }

  private static void writeUnpacked(DataOutputStream out, ParseOutcome.Unpacked unpacked)
      throws IOException {
    out.writeByte(UNPACKED);
    out.writeUTF(unpacked.mediaType());
    writeWarnings(out, unpacked.warnings());
    out.writeInt(unpacked.entries().size());
    for (Entry entry : unpacked.entries()) {
      out.writeUTF(entry.path());
      RejectionCode code = entry.code();
      out.writeByte(code == null ? PARSED : REJECTED);
      out.writeUTF(code == null ? String.valueOf(entry.file()) : code.name());
      if (code == null) {
        out.writeLong(entry.sizeBytes());
      } else {
        out.writeUTF(String.valueOf(entry.message()));
      }
    }
  }

  private static ParseOutcome.Unpacked readUnpacked(DataInputStream in) throws IOException {
    String mediaType = in.readUTF();
    List<String> warnings = readWarnings(in);
    int count = in.readInt();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String path = in.readUTF();
      boolean unpacked = in.readByte() == PARSED;
      entries.add(
          unpacked
              ? new Entry(path, Path.of(in.readUTF()), in.readLong(), null, null)
              : new Entry(path, null, 0, RejectionCode.valueOf(in.readUTF()), in.readUTF()));
    }
    return new ParseOutcome.Unpacked(mediaType, entries, warnings);
  }

  private static void writeWarnings(DataOutputStream out, List<String> warnings)
      throws IOException {
    out.writeInt(warnings.size());
    for (String warning : warnings) {
      out.writeUTF(warning);
    }
  }

  private static List<String> readWarnings(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      warnings.add(in.readUTF());
    }
    return warnings;
  }

  /**
   * The answer to the request sent last.
   *
   * @throws IOException when the process ends before it has answered
   */
  public static ParseOutcome readOutcome(DataInputStream in) throws IOException {
    int kind = in.readByte();
    if (kind == REJECTED) {
      return new ParseOutcome.Rejected(RejectionCode.valueOf(in.readUTF()), in.readUTF());
    }
    if (kind == UNPACKED) {
      return readUnpacked(in);
    }
    if (kind != PARSED) {
      throw new IOException("not an answer");
    }
    List<String> warnings = readWarnings(in);
    byte[] json = new byte[in.readInt()];
    in.readFully(json);
    ParsedDocument document = ParsedDocumentJson.read(json);
    return new ParseOutcome.Parsed(document, warnings);
  }

  private static void writeHint(DataOutputStream out, @Nullable String hint) throws IOException {
    out.writeBoolean(hint != null);
    if (hint != null) {
      // the end of a long name holds its extension
      out.writeUTF(hint.length() > MAX_HINT ? hint.substring(hint.length() - MAX_HINT) : hint);
    }
  }

  private static @Nullable String readHint(DataInputStream in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }
}
