package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Message;
import dev.migaki.datasets.augmentation.DeclineQuestions;
import dev.migaki.datasets.augmentation.Wording;
import dev.migaki.datasets.spill.Key128;
import dev.migaki.datasets.spill.SortedSpill;
import dev.migaki.datasets.spill.SpillSpace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is trained, sorted by id, in a temporary file: of originals their number, of variations
 * their original and their question. There are some ten of these lines for each original.
 */
final class TrainingLines {
  private static final int FIXED_BYTES = 4 * Integer.BYTES;
  private static final int NO_ORIGINAL = -1;

  private final Selection selection;
  private final SortedSpill lines;
  private final Map<String, Integer> languages = new TreeMap<>();
  private long count;

  TrainingLines(Selection selection, SpillSpace space) {
    this.selection = selection;
    this.lines = new SortedSpill(space);
  }

  /**
   * A line.
   *
   * @param origin the original that it is or was made from, null for a decline
   */
  record Line(Example example, @Nullable Candidate origin) {}

  void addOriginal(Candidate original) {
    add(original.id(), original.example(), original.rank(), "", "");
  }

  void addVariation(Candidate original, Wording wording) {
    Example variation = original.example().variation(wording.question(), wording.template());
    add(
        Key128.of(variation.id()),
        variation,
        original.rank(),
        wording.question(),
        wording.template());
  }

  void addDecline(Example decline) {
    add(Key128.of(decline.id()), decline, NO_ORIGINAL, decline.question(), decline.extractor());
  }

  private void add(Key128 id, Example example, int rank, String question, String template) {
    byte[] language = bytes(example.language());
    byte[] asked = bytes(question);
    byte[] worded = bytes(template);
    ByteBuffer content =
        ByteBuffer.allocate(FIXED_BYTES + language.length + asked.length + worded.length);
    content.putInt(rank);
    for (byte[] text : List.of(language, asked, worded)) {
      content.putInt(text.length).put(text);
    }
    lines.add(id, content.array());
    languages.merge(example.language(), 1, Integer::sum);
    count++;
  }

  /** How many were added. */
  long count() {
    return count;
  }

  /** Lines by language. */
  Map<String, Integer> languages() {
    return languages;
  }

  /** Gives out the lines by id. */
  void forEach(Consumer<Line> action) {
    lines.forEach((id, content) -> action.accept(line(id, ByteBuffer.wrap(content))));
  }

  private Line line(Key128 id, ByteBuffer content) {
    int rank = content.getInt();
    String language = text(content);
    String question = text(content);
    String template = text(content);
    if (rank == NO_ORIGINAL) {
      String reply = DeclineQuestions.reply(language);
      return new Line(Example.decline(language, question, reply, template), null);
    }
    Candidate origin = selection.get(rank);
    Example original = origin.example();
    if (template.isEmpty()) {
      return new Line(original, origin);
    }
    List<Message> asked = List.of(Message.user(question), Message.assistant(original.answer()));
    return new Line(
        new Example(
            id.digits(),
            language,
            asked,
            null,
            original.source(),
            template,
            Example.Kind.VARIATION,
            original.id()),
        origin);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(ByteBuffer content) {
    byte[] bytes = new byte[content.getInt()];
    content.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
