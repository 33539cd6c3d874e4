package dev.migaki.platform.localstack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One PostgreSQL data directory: how it is created, what serves it, and the commands that run on
 * it.
 */
final class PostgresFiles {

  static final String USER = "migaki";
  static final String DATABASE = "migaki";

  /**
   * Line of {@code postmaster.pid} that says "ready" (PostgreSQL 10 and newer, {@code
   * LOCK_FILE_LINE_PM_STATUS}).
   */
  private static final int STATUS_LINE = 7;

  private final Path root;
  private final Path home;

  PostgresFiles(Path root) {
    this.root = root;
    this.home = PostgresBinaries.unpacked();
  }

  Path log() {
    return root.resolve("postgres.log");
  }

  String password() {
    try {
      return Files.readString(root.resolve("password"), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the database password", e);
    }
  }

  /**
   * Creates the cluster beside its final place and renames it, so that a kill in between leaves no
   * half cluster.
   */
  void prepare(Postgres.Durability durability) throws IOException {
    Files.createDirectories(root);
    if (Files.exists(data())) {
      return;
    }
    Path fresh = root.resolve("data.creating");
    PostgresBinaries.deleteTree(fresh);
    Path password = root.resolve("password");
    Files.deleteIfExists(password);
    Files.createFile(
        password,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    Files.writeString(password, HexFormat.of().formatHex(secret), StandardCharsets.UTF_8);
    List<String> create =
        command(
            "initdb",
            "-D",
            fresh.toString(),
            "-U",
            USER,
            "-A",
            "scram-sha-256",
            "--pwfile=" + password,
            "-E",
            "UTF8",
            "--locale=C");
    create.addAll(
        durability == Postgres.Durability.PROCESS_CRASH ? List.of("--no-sync") : List.of());
    execute(create, "");
    execute(
        command("postgres", "--single", "-F", "-D", fresh.toString(), "postgres"),
        "create database " + DATABASE + "\n");
    Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Ends the server of an earlier launcher: politely (its watch may be at it already), then at
   * once.
   */
  void stopPrevious(Duration patience) throws IOException {
    Optional<ProcessHandle> previous = servingProcess();
    if (previous.isEmpty()) {
      return;
    }
    ProcessHandle handle = previous.get();
    signal("-INT", handle);
    if (!ChildProcess.waitFor(handle, patience)) {
      signal("-QUIT", handle);
      ChildProcess.waitFor(handle, patience);
    }
  }

  List<String> serverCommand(int port, Postgres.Durability durability) {
    String sync = durability == Postgres.Durability.POWER_LOSS ? "on" : "off";
    return command(
        "postgres",
        "-D",
        data().toString(),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "port=" + port,
        "-c",
        "unix_socket_directories=",
        "-c",
        "max_connections=150",
        "-c",
        "shared_buffers=64MB",
        "-c",
        "timezone=UTC",
        "-c",
        "log_min_messages=warning",
        // A killed process loses nothing that was committed either way: the page cache is the
        // kernel's.
        "-c",
        "fsync=" + sync,
        "-c",
        "full_page_writes=" + sync);
  }

  boolean isReady(long pid) throws IOException {
    List<String> lines = pidFileLines();
    return lines.size() > STATUS_LINE
        && lines.get(0).strip().equals(Long.toString(pid))
        && lines.get(STATUS_LINE).strip().equals("ready");
  }

  private Path data() {
    return root.resolve("data");
  }

  private Optional<ProcessHandle> servingProcess() throws IOException {
    List<String> lines = pidFileLines();
    if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(
            handle ->
                handle
                    .info()
                    .command()
                    .map(command -> command.endsWith("/postgres"))
                    .orElse(false));
  }

  private List<String> pidFileLines() throws IOException {
    Path file = data().resolve("postmaster.pid");
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (java.nio.file.NoSuchFileException e) {
      return List.of();
    }
  }

  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "--user"));
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private void signal(String signal, ProcessHandle handle) throws IOException {
    execute(List.of("/bin/kill", signal, Long.toString(handle.pid())), "");
  }

  private void execute(List<String> command, String input) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    Process process = builder.start();
    try (OutputStream out = process.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    }
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new LocalStackException(
            Path.of(command.get(0)).getFileName()
                + " … ended with status "
                + status
                + "; see "
                + log());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new LocalStackException("interrupted while preparing PostgreSQL", e);
    }
  }
}
