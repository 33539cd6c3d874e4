package dev.migaki.cli.bus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files as documents: what a person named, directories walked in the order of their names, hidden
 * files left out.
 */
public final class DocumentFiles {
  private DocumentFiles() {}

  /**
   * A file and the name that identifies it: relative to the directory that was named, with forward
   * slashes, so that the same folder dropped again brings new versions of the same documents.
   */
  public record DocumentFile(Path path, String name) {}

  /**
   * @throws NoSuchFileException when one of the paths does not exist
   */
  public static List<DocumentFile> below(List<Path> paths) throws NoSuchFileException {
    List<DocumentFile> files = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new NoSuchFileException(path.toString());
      }
      if (Files.isDirectory(path)) {
        files.addAll(inDirectory(path));
      } else {
        files.add(new DocumentFile(path, path.getFileName().toString()));
      }
    }
    return files;
  }

  private static List<DocumentFile> inDirectory(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(Files::isRegularFile)
          .map(path -> new DocumentFile(path, nameOf(directory.relativize(path))))
          .filter(file -> !isHidden(file.name()))
          .sorted(java.util.Comparator.comparing(DocumentFile::name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
  }

  private static String nameOf(Path relative) {
    return relative.toString().replace('\\', '/');
  }

  private static boolean isHidden(String name) {
    return Stream.of(name.split("/")).anyMatch(part -> part.startsWith("."));
  }
}
