package dev.migaki.platform.artifacts;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A directory as one zip, so that a model of several files travels as one artifact. */
public final class DirectoryArchive {
  private DirectoryArchive() {}

  /** Packs the files below a directory; the same files give the same bytes. */
  public static void pack(Path directory, Path zip) throws IOException {
    try (ZipOutputStream out =
            new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(zip)));
        Stream<Path> walk = Files.walk(directory)) {
      // weights hardly compress; speed matters more
      out.setLevel(1);
      List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        ZipEntry entry = new ZipEntry(directory.relativize(file).toString().replace('\\', '/'));
        entry.setTime(0);
        out.putNextEntry(entry);
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }

  /**
   * Unpacks into a directory, replacing files of the same names.
   *
   * @throws IOException when the zip is damaged or an entry points outside the directory
   */
  public static void unpack(InputStream zip, Path directory) throws IOException {
    Path root = directory.toAbsolutePath().normalize();
    Files.createDirectories(root);
    try (ZipInputStream in = new ZipInputStream(zip)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
          throw new IOException("an entry of the archive points outside its directory");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.getParent());
        try (OutputStream out =
            Files.newOutputStream(target.resolveSibling(target.getFileName() + ".part"))) {
          in.transferTo(out);
        }
        Files.move(
            target.resolveSibling(target.getFileName() + ".part"),
            target,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
