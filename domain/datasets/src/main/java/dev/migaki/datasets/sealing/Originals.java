package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Message;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.spill.SpillSpace;
import dev.migaki.datasets.spill.SpilledRecords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Originals by number in a temporary file; the last ones asked for are on the heap too. */
final class Originals {
  private static final int REMEMBERED = 1 << 12;

  private final SpilledRecords records;
  private final Example[] remembered = new Example[REMEMBERED];
  private final int[] rememberedNumbers = new int[REMEMBERED];

  Originals(SpillSpace space) {
    records = new SpilledRecords(space);
  }

  /**
   * Adds an original.
   *
   * @return its number, from 0
   */
  int add(Example original) {
    return records.add(encoded(original));
  }

  Example get(int number) {
    int place = number % REMEMBERED;
    Example known = remembered[place];
    if (known != null && rememberedNumbers[place] == number) {
      return known;
    }
    Example original = decoded(records.get(number));
    remembered[place] = original;
    rememberedNumbers[place] = number;
    return original;
  }

  private static byte[] encoded(Example original) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, original.id());
      write(out, original.language());
      write(out, original.extractor());
      out.writeInt(original.messages().size());
      for (Message message : original.messages()) {
        write(out, message.role().name());
        write(out, message.content());
        out.writeInt(message.weight());
      }
      String nonPreferred = original.nonPreferred();
      out.writeBoolean(nonPreferred != null);
      if (nonPreferred != null) {
        write(out, nonPreferred);
      }
      Source source = original.source();
      out.writeBoolean(source != null);
      if (source != null) {
        write(out, source.documentId());
        out.writeInt(source.documentVersion());
        write(out, source.filename());
        out.writeInt(source.page());
        out.writeInt(source.start());
        out.writeInt(source.end());
        out.writeInt(source.headingPath().size());
        for (String heading : source.headingPath()) {
          write(out, heading);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an array does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static Example decoded(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String id = text(in);
      String language = text(in);
      String extractor = text(in);
      List<Message> messages = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        messages.add(new Message(Message.Role.valueOf(text(in)), text(in), in.readInt()));
      }
      String nonPreferred = in.readBoolean() ? text(in) : null;
      Source source = in.readBoolean() ? source(in) : null;
      return new Example(
          id, language, messages, nonPreferred, source, extractor, Example.Kind.ORIGINAL, null);
    } catch (IOException e) {
      throw new UncheckedIOException("an array does not fail", e);
    }
  }

  private static Source source(DataInputStream in) throws IOException {
    String documentId = text(in);
    int version = in.readInt();
    String filename = text(in);
    int page = in.readInt();
    int start = in.readInt();
    int end = in.readInt();
    List<String> headings = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      headings.add(text(in));
    }
    return new Source(documentId, version, filename, page, start, end, headings);
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
