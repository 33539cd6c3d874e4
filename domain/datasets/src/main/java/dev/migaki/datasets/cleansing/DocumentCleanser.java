package dev.migaki.datasets.cleansing;

import dev.migaki.cleansing.AuditEntry;
import dev.migaki.cleansing.CleansedDocument;
import dev.migaki.cleansing.CleansedText;
import dev.migaki.cleansing.DocumentContext;
import dev.migaki.cleansing.RedactionAction;
import dev.migaki.cleansing.TextBlock;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.datasets.Example;
import dev.migaki.documents.Block;
import dev.migaki.documents.ParsedDocument;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends every piece of a document's text through the cleanser, together, so that what one block
 * proves to be private is removed from all, and puts the structure back around it.
 *
 * <p>Immutable and thread-safe, as the cleanser is.
 */
public final class DocumentCleanser {
  /** Stands for a text that could not be cleaned; an example that holds it is quarantined. */
  public static final String WITHHELD = "\uFFFCwithheld\uFFFC";

  private static final Pattern ROLE_NAME =
      Pattern.compile(
          "(?i).*(customer|client|user|agent|support|operator|staff|bot|assistant|admin|desk|service|team|caller"
              + "|host|guest|speaker|お客|顧客|担当|オペレータ|サポート|窓口|スタッフ|ユーザ|係|店員|質問者|回答者|受付|利用者|社員|人事|\\d).*");

  private final TextCleanser cleanser;

  /** Of what was cleansed already: pure, it asks no second reader. */
  private final TextCleanser local;

  public DocumentCleanser(TextCleanser cleanser) {
    this.cleanser = cleanser;
    this.local = cleanser.withoutSecondReaders();
  }

  /** The same without second readers. */
  public DocumentCleanser withoutSecondReaders() {
    return new DocumentCleanser(local);
  }

  /** A document that has no file name, without private data. */
  public CleanDocument cleanse(ParsedDocument document) {
    return cleanse(document, "");
  }

  /**
   * The document without private data, in its text and in the name of its file: who is named in one
   * is removed from the other.
   */
  public CleanDocument cleanse(ParsedDocument document, String filename) {
    List<TextBlock> texts = new ArrayList<>();
    if (document.title() != null) {
      texts.add(TextBlock.of(document.title()));
    }
    document.blocks().forEach(block -> collect(block, texts));
    texts.add(TextBlock.code(FilenameText.words(filename)));
    DocumentContext context = new DocumentContext(document.language(), speakers(document));
    CleansedDocument result = cleanser.cleanseDocument(texts, context);
    List<CleansedText> cleansed = result.blocks();

    Iterator<CleansedText> next = cleansed.iterator();
    ParsedDocument clean = document.mapText(text -> output(next.next()));
    int withheld = (int) cleansed.stream().filter(CleansedText::isQuarantined).count();
    int corrections = cleansed.stream().mapToInt(text -> text.edits().size()).sum();
    return new CleanDocument(
        clean,
        FilenameText.shown(filename, cleansed.get(cleansed.size() - 1)),
        language(result, document.language()),
        findings(cleansed),
        corrections,
        withheld,
        audit(cleansed),
        provenClean(cleansed));
  }

  /**
   * Whether an example still holds private data, or a text that was withheld.
   *
   * @param source the document that it was made from; what was proven there is not scanned again
   */
  public boolean hasResidue(Example example, CleanDocument source) {
    return example.texts().stream()
        .filter(text -> !source.provenClean().contains(text))
        .anyMatch(this::hasResidue);
  }

  /** Whether a text still holds private data. */
  public boolean hasResidue(String text) {
    return text.contains(WITHHELD) || !local.redact(text).text().equals(text);
  }

  private static String output(CleansedText text) {
    return text.isQuarantined() ? WITHHELD : text.text();
  }

  /** Adds a block's texts in the order in which {@link Block#mapText} visits them. */
  private static void collect(Block block, List<TextBlock> texts) {
    if (block instanceof Block.Code code) {
      texts.add(TextBlock.code(code.text()));
    } else if (block instanceof Block.Table table) {
      collectCells(table, texts);
    } else {
      block.mapText(
          text -> {
            texts.add(TextBlock.of(text));
            return text;
          });
    }
  }

  private static void collectCells(Block.Table table, List<TextBlock> texts) {
    List<String> header = table.hasHeader() ? table.rows().get(0) : List.of();
    for (int row = 0; row < table.rows().size(); row++) {
      List<String> cells = table.rows().get(row);
      for (int column = 0; column < cells.size(); column++) {
        boolean labelled = row > 0 && column < header.size();
        @Nullable String label = labelled ? header.get(column) : null;
        texts.add(TextBlock.labelled(cells.get(column), label));
      }
    }
  }

  /** Speakers that are names and not roles. */
  private static List<String> speakers(ParsedDocument document) {
    TreeSet<String> names = new TreeSet<>();
    for (Block block : document.blocks()) {
      if (block instanceof Block.Turn turn && turn.speaker() != null) {
        String name = turn.speaker().strip();
        if (name.length() > 1 && !ROLE_NAME.matcher(name).matches()) {
          names.add(name);
        }
      }
    }
    return List.copyOf(names);
  }

  private static String language(CleansedDocument cleansed, @Nullable String declared) {
    if (cleansed.language().isDetermined()) {
      return cleansed.language().code();
    }
    return declared == null ? "en" : Locale.forLanguageTag(declared).getLanguage();
  }

  private static Set<String> provenClean(List<CleansedText> texts) {
    return texts.stream()
        .filter(CleansedText::provenClean)
        .map(CleansedText::text)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, Integer> findings(List<CleansedText> texts) {
    Map<String, Integer> counts = new TreeMap<>();
    for (CleansedText text : texts) {
      for (AuditEntry entry : text.audit()) {
        if (entry.action() != RedactionAction.KEEP) {
          counts.merge(entry.type().name(), 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  private static List<CleanDocument.Finding> audit(List<CleansedText> texts) {
    List<CleanDocument.Finding> audit = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      for (AuditEntry entry : texts.get(i).audit()) {
        if (entry.action() != RedactionAction.KEEP) {
          audit.add(
              new CleanDocument.Finding(
                  i,
                  entry.type().name(),
                  entry.start(),
                  entry.end(),
                  entry.score(),
                  entry.recognizer(),
                  entry.mark()));
        }
      }
    }
    return audit;
  }
}
