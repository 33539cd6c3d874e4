package dev.migaki.cleansing;

import static java.util.Objects.requireNonNull;

import dev.migaki.cleansing.language.LanguageIdentifier;
import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.repair.RepairedText;
import dev.migaki.cleansing.repair.TextRepair;
import dev.migaki.cleansing.spelling.CorrectedText;
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
  private final SpellingCorrector corrector;

  private TextCleanser(CleansingRecipe recipe) {
    this.recipe = recipe;
    this.repair = recipe.foldWidth() ? TextRepair.all() : TextRepair.keepingWidth();
    this.redactor = new Redactor(recipe);
    this.corrector = SpellingCorrector.withProtectedTerms(recipe.glossary().terms());
  }

  public static TextCleanser create(CleansingRecipe recipe) {
    return new TextCleanser(requireNonNull(recipe, "recipe"));
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
    DocumentTerms terms = tenantTerms(context);
    PlaceholderNumbers numbers = new PlaceholderNumbers();
    List<FindingScanner.Scan> scans = new ArrayList<>(blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      String text = repaired.get(i).text();
      numbers.reserve(text);
      FindingScanner.Scan scan = redactor.scan(text, blocks.get(i).label());
      scans.add(scan);
      terms.addFindings(text, redactor.resolve(scan, terms));
    }
    List<CleansedText> cleansed = new ArrayList<>(blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      cleansed.add(finish(blocks.get(i), repaired.get(i), scans.get(i), terms, numbers));
    }
    List<String> texts = cleansed.stream().map(CleansedText::text).toList();
    return new CleansedDocument(cleansed, identifier.identifyMost(texts, context.language()));
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
      TextBlock block,
      RepairedText repaired,
      FindingScanner.Scan scan,
      DocumentTerms terms,
      PlaceholderNumbers numbers) {
    String text = repaired.text();
    List<Finding> findings = redactor.resolve(scan, terms);
    Redaction redaction = redactor.redact(text, block.label(), terms, numbers, findings);
    CorrectedText corrected = new CorrectedText(redaction.text(), List.of());
    if (recipe.correctSpelling() && !block.code() && !redaction.isQuarantined()) {
      corrected = corrector.correct(redaction.text());
    }
    return new CleansedText(
        corrected.text(),
        repaired.repairs(),
        redaction,
        corrected.edits(),
        redactor.audit(text, redaction.findings()),
        block.label() == null
            && corrected.edits().isEmpty()
            && !redaction.isQuarantined()
            && redactor.removesAllIdentifiers());
  }

  /** Removes personal data and secrets from one text as it is; offsets refer to that text. */
  public Redaction redact(String text) {
    DocumentTerms terms = tenantTerms(DocumentContext.nothingKnown());
    PlaceholderNumbers numbers = new PlaceholderNumbers();
    numbers.reserve(text);
    FindingScanner.Scan scan = redactor.scan(text, null);
    terms.addFindings(text, redactor.resolve(scan, terms));
    return redactor.redact(text, null, terms, numbers, redactor.resolve(scan, terms));
  }

  /** Corrects the spelling of one text as it is; nothing is removed. */
  public CorrectedText correct(String text) {
    return corrector.correct(text);
  }

  /** Findings in one text as it is, kept types included; nothing is changed. */
  public List<Finding> find(String text) {
    return redactor.resolve(redactor.scan(text, null), tenantTerms(DocumentContext.nothingKnown()));
  }
}
