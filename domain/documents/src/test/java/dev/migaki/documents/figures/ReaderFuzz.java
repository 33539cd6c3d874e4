package dev.migaki.documents.figures;

import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.parsing.ParseOutcome.Rejected;
import dev.migaki.documents.parsing.RejectionCode;
import dev.migaki.documents.worker.IsolatedParser;
import dev.migaki.documents.worker.ParseBounds;
import dev.migaki.documents.worker.ParserUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Feeds random bytes and damaged files to every reader, as the service does it, until the time is
 * over: {@code ReaderFuzz DIRECTORY SECONDS [SEED]}.
 *
 * <p>Fails when something made only of text, Markdown and CSV files ends as damaged, because those
 * formats know no damage: a reader threw. Fails on a verdict that a second look does not repeat.
 * Prints verdicts, processes that had to be replaced, and the slowest file.
 */
public final class ReaderFuzz {
  private static final int MAX_BYTES = 200_000;
  private static final Set<String> WITHOUT_DAMAGE = Set.of("txt", "md", "csv", "tsv");

  private final List<Path> files;
  private final Random random;
  private final ParseBounds bounds = ParseBounds.defaults();
  private final Map<String, Integer> verdicts = new TreeMap<>();
  private final Map<RejectionCode, Integer> replaced = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private Duration slowest = Duration.ZERO;
  private String slowestName = "";
  private int round;

  /** Whether the input is made of nothing but files that cannot be damaged. */
  private boolean onlyText;

  private ReaderFuzz(List<Path> files, long seed) {
    this.files = files;
    this.random = new Random(seed);
  }

  public static void main(String[] arguments)
      throws IOException, ParserUnavailable, InterruptedException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(Path.of(arguments[0]))) {
      files = walk.filter(Files::isRegularFile).filter(ReaderFuzz::isSmall).sorted().toList();
    }
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    ReaderFuzz fuzz = new ReaderFuzz(files, seed);
    fuzz.run(Duration.ofSeconds(Long.parseLong(arguments[1])));
    fuzz.print(seed);
    if (!fuzz.faults.isEmpty()) {
      throw new IllegalStateException(fuzz.faults.size() + " faults");
    }
  }

  private static boolean isSmall(Path file) {
    return file.toFile().length() <= MAX_BYTES;
  }

  private void run(Duration time) throws IOException, ParserUnavailable, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    try (IsolatedParser parser =
        new IsolatedParser(
            IsolatedParser.Settings.of(1),
            (pid, reason) -> replaced.merge(reason, 1, Integer::sum))) {
      while (System.nanoTime() < end) {
        round++;
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = damaged(file);
        String name = name(file);
        ParseOutcome outcome = parse(parser, name, bytes);
        if (round % 10 == 0) {
          compare(name, outcome, parse(parser, name, bytes));
        }
      }
    }
  }

  private void compare(String name, ParseOutcome first, ParseOutcome second) {
    boolean late = isLate(first) || isLate(second); // says more about the machine
    if (!late && !first.equals(second)) {
      faults.add("round " + round + ", " + name + ": another verdict the second time");
    }
  }

  private static boolean isLate(ParseOutcome outcome) {
    return outcome instanceof Rejected rejected && rejected.code() == RejectionCode.TIMEOUT;
  }

  private ParseOutcome parse(IsolatedParser parser, String name, byte[] bytes)
      throws ParserUnavailable, InterruptedException {
    long begun = System.nanoTime();
    ParseOutcome outcome = parser.parse(bytes, ParseHints.ofFilename(name), bounds);
    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
    if (taken.compareTo(slowest) > 0) {
      slowest = taken;
      slowestName = name;
    }
    String verdict = outcome instanceof Rejected rejected ? rejected.code().name() : "text";
    verdicts.merge(verdict, 1, Integer::sum);
    if (verdict.equals(RejectionCode.DAMAGED.name()) && onlyText) {
      faults.add("round " + round + ", " + name + ": damaged");
    }
    return outcome;
  }

  /** Mostly the file's own name; else that of another, so that readers meet foreign formats. */
  private String name(Path file) {
    Path named = file;
    if (random.nextInt(10) == 0) {
      named = files.get(random.nextInt(files.size()));
      onlyText = false;
    }
    return String.valueOf(named.getFileName());
  }

  private byte[] read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    onlyText &= WITHOUT_DAMAGE.contains(name.substring(name.lastIndexOf('.') + 1));
    return Files.readAllBytes(file);
  }

  private byte[] damaged(Path file) throws IOException {
    if (random.nextInt(20) == 0) {
      byte[] noise = new byte[random.nextInt(5_000)];
      random.nextBytes(noise);
      onlyText = false;
      return noise;
    }
    onlyText = true;
    byte[] bytes = read(file);
    int damages = 1 + random.nextInt(4);
    for (int i = 0; i < damages && bytes.length > 1; i++) {
      bytes = damagedOnce(bytes);
    }
    return bytes;
  }

  private byte[] damagedOnce(byte[] bytes) throws IOException {
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> noisy(bytes);
      case 2 -> joined(bytes, bytes.length, bytes, at);
      case 3 -> {
        byte[] other = read(files.get(random.nextInt(files.size())));
        yield joined(bytes, at, other, other.length == 0 ? 0 : random.nextInt(other.length));
      }
      default -> {
        byte[] run = new byte[random.nextInt(3_000)];
        Arrays.fill(run, bytes[at]);
        yield joined(joined(bytes, at, run, 0), at + run.length, bytes, at);
      }
    };
  }

  private byte[] noisy(byte[] bytes) {
    byte[] noisy = bytes.clone();
    for (int flips = 1 + random.nextInt(30); flips > 0; flips--) {
      noisy[random.nextInt(noisy.length)] = (byte) random.nextInt();
    }
    return noisy;
  }

  /** The first bytes of one, then another from some byte on. */
  private static byte[] joined(byte[] first, int length, byte[] second, int from) {
    byte[] joined = Arrays.copyOf(first, length + second.length - from);
    System.arraycopy(second, from, joined, length, second.length - from);
    return joined;
  }

  private void print(long seed) {
    System.out.printf("seed %d: %d inputs made of %d files%n", seed, round, files.size());
    System.out.println("verdicts " + verdicts + ", processes replaced " + replaced);
    System.out.println("slowest " + slowest.toMillis() + " ms: " + slowestName);
    faults.forEach(System.out::println);
  }
}
