package dev.migaki.lm.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/** What a result says about the process that made it. */
final class ProcessFacts {

  private ProcessFacts() {}

  /** Version of the libtorch presets. */
  static String libtorchVersion() {
    try {
      return Loader.getVersion("org.bytedeco", "pytorch");
    } catch (IOException e) {
      // a repackaged jar without Maven's properties; the number is for people only
      return "unknown";
    }
  }

  /** Highest resident memory of this process so far, 0 where the system does not tell. */
  static long peakMemoryBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    }
  }
}
