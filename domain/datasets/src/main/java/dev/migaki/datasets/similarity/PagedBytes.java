package dev.migaki.datasets.similarity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that grow page by page, in files mapped to memory or on the heap. A record must not cross a
 * page: its size divides the page's.
 */
final class PagedBytes {
  private final @Nullable Path directory;
  private final String name;
  private final int pageBytes;
  private final List<ByteBuffer> pages = new ArrayList<>();

  /**
   * @param directory of the files, null for the heap
   * @param name of the files
   * @param pageBytes a power of two
   */
  PagedBytes(@Nullable Path directory, String name, int pageBytes) {
    this.directory = directory;
    this.name = name;
    this.pageBytes = pageBytes;
  }

  /** The page that holds an offset, made when it is not there yet. */
  ByteBuffer page(long offset) throws IOException {
    int number = (int) (offset / pageBytes);
    while (pages.size() <= number) {
      pages.add(open(pages.size()));
    }
    return pages.get(number);
  }

  /** Where in its page an offset lies. */
  int within(long offset) {
    return (int) (offset % pageBytes);
  }

  int pageBytes() {
    return pageBytes;
  }

  /** Writes what is mapped to the disk. */
  void force() {
    for (ByteBuffer page : pages) {
      if (page instanceof MappedByteBuffer mapped) {
        mapped.force();
      }
    }
  }

  private ByteBuffer open(int number) throws IOException {
    if (directory == null) {
      return ByteBuffer.allocate(pageBytes);
    }
    Path file = directory.resolve("%s-%04d.bin".formatted(name, number));
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(FileChannel.MapMode.READ_WRITE, 0, pageBytes);
    }
  }
}
