package dev.migaki.documents.figures;

import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.worker.IsolatedParser;
import dev.migaki.documents.worker.ParseBounds;
import dev.migaki.documents.worker.ParserUnavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Large and hostile archives, unpacked as the service does it: {@code ArchiveFigures}. Prints a row
 * per archive: size, verdict, time, and the most memory its process ever had.
 */
public final class ArchiveFigures {
  private static final Random RANDOM = new Random(20261128);

  private ArchiveFigures() {}

  /** Makes an archive. */
  @FunctionalInterface
  private interface Making {
    byte[] archive() throws IOException;
  }

  public static void main(String[] arguments)
      throws IOException, ParserUnavailable, InterruptedException {
    Map<String, Making> archives = new LinkedHashMap<>();
    archives.put("1 file", () -> files(1, 1000));
    archives.put("10,000 files of 1 KB", () -> files(10_000, 1000));
    archives.put("1,000 files of 60 KB, hardly packed", ArchiveFigures::noise);
    archives.put("100,000 files", () -> files(100_000, 10));
    archives.put("700,000 empty files", () -> files(700_000, 0));
    archives.put("1 GB of zeros", () -> zeros(1024));
    archives.put("4 GB of zeros, packed twice", () -> zip("z.zip", zeros(4096)));
    archives.put("16 archives in each of 16, five deep, 4 MB of zeros in each", () -> tree(5));
    archives.put("10 GB of zeros in GZIP", ArchiveFigures::gzip);
    archives.put("7 archives inside each other", () -> nested(7));
    archives.put("5,000 archives inside each other", () -> nested(5_000));
    System.out.println("| archive | packed, KB | verdict | s | process, MB at most |");
    System.out.println("|---|---|---|---|---|");
    for (Map.Entry<String, Making> archive : archives.entrySet()) {
      measure(archive.getKey(), archive.getValue().archive());
    }
  }

  private static void measure(String what, byte[] bytes)
      throws IOException, ParserUnavailable, InterruptedException {
    Path directory = Files.createTempDirectory("archive-figures-");
    IsolatedParser.Settings settings = IsolatedParser.Settings.of(1);
    try (IsolatedParser parser = new IsolatedParser(settings, (pid, reason) -> {})) {
      var unused =
          parser.parse(
              "warm".getBytes(StandardCharsets.UTF_8), ParseHints.none(), ParseBounds.defaults());
      long process =
          ProcessHandle.current().children().mapToLong(ProcessHandle::pid).max().orElseThrow();
      long begin = System.nanoTime();
      ParseOutcome outcome =
          parser.open(bytes, ParseHints.ofFilename("a.zip"), ParseBounds.defaults(), directory);
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          "| %s | %,d | %s | %.2f | %s |%n",
          what, bytes.length >> 10, verdict(outcome), seconds, mostMemory(process));
    } finally {
      try (Stream<Path> left = Files.list(directory)) {
        for (Path file : left.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  private static String verdict(ParseOutcome outcome) {
    if (outcome instanceof ParseOutcome.Unpacked unpacked) {
      return "%,d files".formatted(unpacked.entries().size());
    }
    return outcome instanceof ParseOutcome.Rejected rejected
        ? rejected.code().name()
        : outcome.getClass().getSimpleName();
  }

  static String mostMemory(long process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM"))
          .map(line -> Long.toString(Long.parseLong(line.replaceAll("\\D", "")) >> 10))
          .findFirst()
          .orElse("?");
    } catch (IOException e) {
      return "gone";
    }
  }

  private static byte[] files(int count, int size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int file = 0; file < count; file++) {
        zip.putNextEntry(new ZipEntry(file + ".txt"));
        zip.write(("Note " + file + ". ").repeat(size / 10).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] noise() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] content = new byte[60_000];
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int file = 0; file < 1000; file++) {
        RANDOM.nextBytes(content);
        zip.putNextEntry(new ZipEntry(file + ".bin"));
        zip.write(content);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] zeros(int megabytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("z.txt"));
      write(zip, megabytes);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      write(gzip, 10_240);
    }
    return bytes.toByteArray();
  }

  private static void write(OutputStream out, int megabytes) throws IOException {
    byte[] megabyte = new byte[1 << 20];
    for (int i = 0; i < megabytes; i++) {
      out.write(megabyte);
    }
  }

  private static byte[] tree(int depth) throws IOException {
    byte[] inner = zeros(4);
    for (int level = 1; level < depth; level++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        for (int copy = 0; copy < 16; copy++) {
          zip.putNextEntry(new ZipEntry(copy + ".zip"));
          zip.write(inner);
        }
      }
      inner = bytes.toByteArray();
    }
    return inner;
  }

  private static byte[] nested(int depth) throws IOException {
    byte[] inner = "deep".getBytes(StandardCharsets.UTF_8);
    for (int level = 0; level < depth; level++) {
      inner = zip("n.zip", inner);
    }
    return inner;
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }
}
