package dev.migaki.cleansing;

import static java.util.Objects.requireNonNull;

import dev.migaki.cleansing.language.LanguageIdentifier;
import dev.migaki.cleansing.recognition.DocumentRecognizer;
import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.repair.RepairedText;
import dev.migaki.cleansing.repair.TextRepair;
import dev.migaki.cleansing.spelling.CorrectedText;
import dev.migaki.cleansing.spelling.NotationMajority;
import dev.migaki.cleansing.spelling.SpellingCorrector;
import java.util.ArrayList;
import java.util.List;

/**
 * Repairs, identifies, redacts and corrects text by a recipe.
 *
 * <p>Immutable and thread-safe; state lives only within one call. Same recipe and input, same
 * output.
 */
public final class TextCleanser {

  private final CleansingRecipe recipe;
  private final TextRepair repair;
  private final LanguageIdentifier identifier = LanguageIdentifier.create();
  private final Redactor redactor;
  private final SecondReading reading;
  private final SpellingCorrector corrector;

  private TextCleanser(CleansingRecipe recipe, SecondReading reading, SpellingCorrector corrector) {
    this.recipe = recipe;
    this.repair = recipe.foldWidth() ? TextRepair.all() : TextRepair.keepingWidth();
    this.redactor = new Redactor(recipe);
    this.reading = reading;
    this.corrector = corrector;
  }

  public static TextCleanser create(CleansingRecipe recipe) {
    return create(recipe, List.of());
  }

  /**
   * @param secondReaders asked besides the recognisers that ship with Migaki; what they throw,
   *     {@link #cleanseDocument} and {@link #redact} throw
   */
  public static TextCleanser create(
      CleansingRecipe recipe, List<DocumentRecognizer> secondReaders) {
    return new TextCleanser(
        requireNonNull(recipe, "recipe"),
        new SecondReading(secondReaders),
        SpellingCorrector.of(
            recipe.glossary().terms(), recipe.correctSpelling(), recipe.notation()));
  }

  /** The same without second readers: pure, and asks nobody. */
  public TextCleanser withoutSecondReaders() {
    return reading.asksNobody()
        ? this
        : new TextCleanser(recipe, new SecondReading(List.of()), corrector);
  }

  /** Cleanses one text as a document of its own. */
  public CleansedText cleanse(String text, DocumentContext context) {
    return cleanseDocument(List.of(TextBlock.of(text)), context).blocks().get(0);
  }

  /** Texts of the blocks after {@link #cleanseDocument}, in the same order. */
  public List<String> cleanseBlocks(List<String> blocks, DocumentContext context) {
    return cleanseDocument(blocks.stream().map(TextBlock::of).toList(), context).texts();
  }

  /**
   * Cleanses a document in two passes: what any block proves to be personal is removed from all
   * blocks, and equal values get equal placeholders throughout.
   */
  public CleansedDocument cleanseDocument(List<TextBlock> blocks, DocumentContext context) {
    List<RepairedText> repaired = new ArrayList<>(blocks.size());
    for (TextBlock block : blocks) {
      repaired.add(repaired(block));
    }
    DocumentRedaction document =
        new DocumentRedaction(redactor, reading, tenantTerms(context), context.language());
    for (int i = 0; i < blocks.size(); i++) {
      document.add(repaired.get(i).text(), blocks.get(i).label());
    }
    List<Redaction> redactions = document.redact();
    NotationMajority majority = corrector.majorityOf(prose(blocks, redactions));
    List<CleansedText> cleansed = new ArrayList<>(blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      cleansed.add(finish(blocks.get(i), repaired.get(i), redactions.get(i), majority));
    }
    List<String> texts = cleansed.stream().map(CleansedText::text).toList();
    return new CleansedDocument(cleansed, identifier.identifyMost(texts, context.language()));
  }

  /** The texts whose spelling may be changed. */
  private static List<String> prose(List<TextBlock> blocks, List<Redaction> redactions) {
    List<String> prose = new ArrayList<>(blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      if (isProse(blocks.get(i), redactions.get(i))) {
        prose.add(redactions.get(i).text());
      }
    }
    return prose;
  }

  private static boolean isProse(TextBlock block, Redaction redaction) {
    return !block.code() && !redaction.isQuarantined();
  }

  private RepairedText repaired(TextBlock block) {
    if (!recipe.repairText()) {
      return new RepairedText(block.text(), List.of());
    }
    return block.code() ? repair.repairCode(block.text()) : repair.repair(block.text());
  }

  private DocumentTerms tenantTerms(DocumentContext context) {
    DocumentTerms terms = new DocumentTerms();
    terms.addTenantTerms(recipe.glossary());
    context.persons().forEach(terms::addPerson);
    return terms;
  }

  private CleansedText finish(
      TextBlock block, RepairedText repaired, Redaction redaction, NotationMajority majority) {
    CorrectedText corrected =
        isProse(block, redaction)
            ? corrector.correct(redaction.text(), majority)
            : new CorrectedText(redaction.text(), List.of());
    return new CleansedText(
        corrected.text(),
        repaired.repairs(),
        redaction,
        corrected.edits(),
        redactor.audit(repaired.text(), redaction.findings()),
        block.label() == null
            && corrected.edits().isEmpty()
            && !redaction.isQuarantined()
            && redactor.removesAllIdentifiers());
  }

  /** Removes personal data and secrets from one text as it is; offsets refer to that text. */
  public Redaction redact(String text) {
    DocumentContext nothing = DocumentContext.nothingKnown();
    DocumentRedaction alone =
        new DocumentRedaction(redactor, reading, tenantTerms(nothing), nothing.language());
    alone.add(text, null);
    return alone.redact().get(0);
  }

  /** Corrects the spelling of one text as the recipe wants it; nothing is removed. */
  public CorrectedText correct(String text) {
    return corrector.correct(text);
  }

  /** Findings in one text as it is, kept types included; nothing is changed and nobody asked. */
  public List<Finding> find(String text) {
    return redactor.resolve(redactor.scan(text, null), tenantTerms(DocumentContext.nothingKnown()));
  }
}
