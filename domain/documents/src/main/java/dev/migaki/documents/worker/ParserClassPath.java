package dev.migaki.documents.worker;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * Finds the jars of the parser process: beside the jar that holds its main class when the program
 * is packaged, else on the class path of this JVM.
 */
final class ParserClassPath {

  private ParserClassPath() {}

  static String find() {
    CodeSource source = ParserWorker.class.getProtectionDomain().getCodeSource();
    if (source != null && source.getLocation() != null) {
      try {
        Path directory = Path.of(source.getLocation().toURI()).getParent();
        if (directory != null && holdsTika(directory)) {
          return directory + File.separator + "*";
        }
      } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
        // a location that is no file: the class path of this JVM is the other place to look
      }
    }
    return System.getProperty("java.class.path", "");
  }

  private static boolean holdsTika(Path directory) {
    String[] names = directory.toFile().list((dir, name) -> name.contains("tika-core"));
    return names != null && names.length > 0;
  }
}
