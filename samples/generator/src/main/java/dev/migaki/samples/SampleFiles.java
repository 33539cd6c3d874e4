package dev.migaki.samples;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Renders every script into the bytes of its file and collects the truth on the way.
 *
 * <p>Without a Japanese font the Japanese PDF files are left out; everything else needs no font.
 */
public final class SampleFiles {
  private final Map<Language, FactBook> facts = new EnumMap<>(Language.class);
  private final Map<Batch, Map<String, byte[]>> files = new EnumMap<>(Batch.class);
  private final Map<String, DocumentScript> scripts = new LinkedHashMap<>();
  private final PlantedTruth truth = new PlantedTruth();
  private final Optional<Path> japaneseFont;

  private SampleFiles(Optional<Path> japaneseFont) {
    this.japaneseFont = japaneseFont;
  }

  /**
   * Renders both batches.
   *
   * @param japaneseFont a TrueType font with Japanese glyphs, of which subsets are embedded
   * @throws IOException when an Office or PDF file cannot be built
   */
  public static SampleFiles render(Optional<Path> japaneseFont) throws IOException {
    SampleFiles samples = new SampleFiles(japaneseFont);
    for (Batch batch : Batch.values()) {
      samples.files.put(batch, new TreeMap<>());
      samples.scripts.clear();
      for (Language language : Language.values()) {
        samples.facts.computeIfAbsent(language, FactBook::load);
        for (DocumentScript script : DocumentScript.load(batch, language)) {
          samples.add(script);
        }
      }
    }
    return samples;
  }

  /** The batch's files by name. */
  public Map<String, byte[]> files(Batch batch) {
    return new TreeMap<>(files.getOrDefault(batch, Map.of()));
  }

  public PlantedTruth truth() {
    return truth;
  }

  public FactBook facts(Language language) {
    FactBook book = facts.get(language);
    if (book == null) {
      throw new IllegalStateException("facts of " + language + " were not loaded");
    }
    return book;
  }

  private void add(DocumentScript script) throws IOException {
    if (scripts.put(script.fileName(), script) != null) {
      throw new IllegalArgumentException(script.fileName() + " has two scripts");
    }
    Optional<byte[]> bytes = bytesOf(script);
    if (bytes.isPresent()) {
      files.getOrDefault(script.batch(), new TreeMap<>()).put(script.fileName(), bytes.get());
    }
    if (script.options().containsKey("reject")) {
      truth.rejected(script.fileName(), script.option("reject"));
    }
    if (script.options().containsKey("trap")) {
      truth.textTrap(
          new PlantedTruth.TextTrap(
              script.fileName(), script.option("trap"), script.option("expect")));
    }
  }

  private Optional<byte[]> bytesOf(DocumentScript script) throws IOException {
    switch (script.format()) {
      case "copy":
        truth.duplicate(script.option("of"), script.fileName());
        return rendered(script.batch(), script.option("of"));
      case "near":
        truth.nearDuplicate(script.option("of"), script.fileName());
        return nearDuplicate(script);
      case "truncated":
        return rendered(script.batch(), script.option("of"))
            .map(whole -> Arrays.copyOf(whole, whole.length * 3 / 5));
      case "empty":
        return Optional.of(new byte[0]);
      case "noise":
        return Optional.of(Noise.bytes(script));
      default:
        return document(script, new Markup(script, facts(script.language()), truth, Map.of()));
    }
  }

  private Optional<byte[]> nearDuplicate(DocumentScript script) throws IOException {
    Map<String, String> edits = new LinkedHashMap<>();
    for (String line : script.body()) {
      String[] sides = line.split(" => ");
      edits.put(sides[0], sides[1]);
    }
    DocumentScript original = scripts.get(script.option("of"));
    if (original == null) {
      throw new IllegalArgumentException(script.fileName() + " must follow its original");
    }
    DocumentScript copy =
        new DocumentScript(
            original.batch(),
            original.language(),
            script.fileName(),
            script.option("format", original.format()),
            original.options(),
            original.body());
    return document(copy, new Markup(copy, facts(copy.language()), truth, edits));
  }

  private Optional<byte[]> rendered(Batch batch, String fileName) {
    return Optional.ofNullable(files.getOrDefault(batch, Map.of()).get(fileName));
  }

  private Optional<byte[]> document(DocumentScript script, Markup markup) throws IOException {
    List<String> body = script.body();
    switch (script.format()) {
      case "eml":
        return Optional.of(MailFiles.write(script, markup, attachment(script)));
      case "text":
        return Optional.of(encoded(script, markup.expand(String.join("\n", body)) + "\n"));
      case "chat-openai", "chat-turns", "chat-text":
        ConversationReader reader = new ConversationReader(script, markup);
        return Optional.of(encoded(script, chat(script, reader.read(body), markup)));
      default:
        PageReader pages = new PageReader(facts(script.language()), markup);
        return page(script, pages.read(body));
    }
  }

  private byte[] attachment(DocumentScript script) {
    if (!script.options().containsKey("attach")) {
      return new byte[0];
    }
    return rendered(script.batch(), script.option("attach")).orElseThrow();
  }

  private static String chat(DocumentScript script, List<List<Turn>> conversations, Markup markup) {
    return switch (script.format()) {
      case "chat-openai" -> ChatFiles.openAi(script, conversations);
      case "chat-turns" -> ChatFiles.turns(conversations);
      default -> ChatFiles.transcript(script, conversations, markup);
    };
  }

  private Optional<byte[]> page(DocumentScript script, List<Block> blocks) throws IOException {
    return switch (script.format()) {
      case "docx" -> Optional.of(WordFiles.write(script, blocks));
      case "xlsx" -> Optional.of(SheetFiles.write(script, blocks));
      case "pptx" -> Optional.of(SlideFiles.write(script, blocks));
      case "pdf" -> pdf(script, blocks);
      case "md" -> Optional.of(encoded(script, TextPages.markdown(blocks)));
      case "qa" -> Optional.of(encoded(script, TextPages.questionBlocks(script, blocks)));
      case "csv" -> Optional.of(encoded(script, TextPages.csv(script, blocks)));
      case "json" -> Optional.of(encoded(script, TextPages.json(script, blocks)));
      case "html", "html-details", "html-dl", "html-jsonld" ->
          Optional.of(encoded(script, HtmlPages.write(script, blocks)));
      default -> throw new IllegalArgumentException("unknown format " + script.format());
    };
  }

  private Optional<byte[]> pdf(DocumentScript script, List<Block> blocks) throws IOException {
    if (script.language() == Language.JA && japaneseFont.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(PdfFiles.write(script, blocks, japaneseFont));
  }

  private static byte[] encoded(DocumentScript script, String text) {
    if (script.option("mojibake", "no").equals("yes")) {
      return Noise.wronglyDecoded(text).getBytes(StandardCharsets.UTF_8);
    }
    return Encoded.bytes(text, Charset.forName(script.option("charset", "UTF-8")));
  }
}
