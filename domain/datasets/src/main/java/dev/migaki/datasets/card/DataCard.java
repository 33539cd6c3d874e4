package dev.migaki.datasets.card;

import dev.migaki.datasets.balance.BalanceReport;
import dev.migaki.datasets.balance.BalanceWarning;
import dev.migaki.datasets.sealing.Manifest;
import dev.migaki.datasets.sealing.SealedVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A version's data card: one HTML page with its plots inside, without script and network, that a
 * data protection officer can read. It holds counts, names of files and words of questions; never a
 * whole question or answer, and never anything that was removed.
 *
 * <p>Pure: same manifest, same bytes.
 */
public final class DataCard {
  /** Media type of the card. */
  public static final String MEDIA_TYPE = "text/html";

  private static final int MOST_DOCUMENTS = 500;
  private static final int MOST_BARS = 12;

  /** An id that holds no name: made of the content, or digits. */
  private static final Pattern MADE_ID = Pattern.compile("(?:sha256-)?[0-9a-f-]+");

  private static final Map<String, String> FILES = files();

  private DataCard() {}

  /** The card as UTF-8 HTML. */
  public static byte[] of(Manifest manifest) {
    Html html = new Html();
    html.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width\">")
        .element("title", "Data card: " + manifest.dataset() + " version " + manifest.number())
        .raw("<style>\n" + style() + "</style></head><body>\n");
    head(html, manifest);
    PrivacySection.write(html, manifest);
    content(html, manifest.content());
    balance(html, manifest.content().balance());
    LeftOutSection.write(html, manifest);
    origin(html, manifest);
    return html.raw("</body></html>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void head(Html html, Manifest manifest) {
    SealedVersion content = manifest.content();
    html.element("h1", manifest.dataset() + ", version " + manifest.number())
        .element(
            "p class=\"sub\"",
            "What this version of the dataset holds, what was taken out of it, and where it came"
                + " from.")
        .raw("<div class=\"tiles\">");
    tile(html, manifest.documents().size(), "documents");
    tile(html, content.facts(), "facts (different answers)");
    tile(html, content.count("train"), "training examples");
    tile(
        html,
        content.count("test") + content.count("edge") + content.count("unanswerable"),
        "questions held out for tests");
    tile(html, sum(manifest.findings()), "private values removed");
    tile(html, content.contradictions().size(), "contradictions found");
    html.raw("</div>\n");
    html.table(
        List.of("", ""),
        List.of(
            List.of("content hash (SHA-256)", content.version()),
            List.of("previous version", manifest.previous() == null ? "none" : manifest.previous()),
            List.of("recipe hash (SHA-256)", manifest.recipeHash())));
  }

  private static void tile(Html html, long value, String label) {
    html.raw("<div class=\"tile\">")
        .element("b", Figures.count(value))
        .element("span", label)
        .raw("</div>");
  }

  private static void content(Html html, SealedVersion content) {
    html.element("h2", "What it holds");
    List<List<String>> rows =
        FILES.entrySet().stream()
            .map(
                file ->
                    List.of(
                        file.getKey(),
                        Figures.count(content.count(file.getKey())),
                        content.tokens().containsKey(file.getKey())
                            ? Figures.count(content.tokens().get(file.getKey()))
                            : "",
                        file.getValue()))
            .toList();
    html.table(List.of("file", "#lines", "#tokens (estimate)", "what it is"), rows);
    html.raw(Plots.bars("Training examples by language", content.languages(), MOST_BARS));
    html.raw(Plots.bars("Examples and questions by how they came about", content.kinds(), 20));
    if (!content.teachers().isEmpty()) {
      html.element(
          "p",
          "Training examples that come from pairs which another model proposed, other wordings"
              + " included. A pair is kept only when the evidence it quotes stands in the document.");
      html.raw(Plots.bars("Training examples by teacher", content.teachers(), MOST_BARS));
    }
  }

  private static void balance(Html html, BalanceReport balance) {
    html.element("h2", "Balance");
    html.element(
        "p",
        "Computed from the "
            + Figures.count(balance.examples())
            + " training examples that were found in documents; other wordings and honest refusals"
            + " are made from these.");
    if (balance.warnings().isEmpty()) {
      html.raw("<div class=\"good\">").element("p", "No source, topic or way of asking dominates.");
      html.raw("</div>\n");
    }
    for (BalanceWarning warning : balance.warnings()) {
      html.raw("<div class=\"warn\">")
          .element("p", warning.kind() + " “" + warning.name() + "”: " + warning.message() + ".")
          .raw("</div>\n");
    }
    html.raw(Plots.bars("Sources", balance.sources().counts(), MOST_BARS))
        .raw(
            Plots.bars(
                "Topics (word shared with most other questions)",
                balance.topics().counts(),
                MOST_BARS))
        .raw(Plots.bars("Kinds of question", balance.questionTypes().counts(), MOST_BARS))
        .raw(Plots.histogram("Length of questions (characters)", balance.questionCharacters()))
        .raw(Plots.histogram("Length of answers (characters)", balance.answerCharacters()));
    html.table(
        List.of("measure", "#value", "meaning"),
        List.of(
            List.of("evenness of sources", Figures.decimal(balance.sources().evenness()), EVENNESS),
            List.of("evenness of topics", Figures.decimal(balance.topics().evenness()), EVENNESS),
            List.of(
                "evenness of kinds", Figures.decimal(balance.questionTypes().evenness()), EVENNESS),
            List.of(
                "diversity",
                Figures.decimal(balance.diversity()),
                "as many questions with nothing in common (Vendi score of order 2), of "
                    + balance.diversitySample()),
            List.of(
                "tokens per example",
                balance.tokens().median() + " / " + balance.tokens().percentile95(),
                "median / 95th percentile (estimate)")));
  }

  private static final String EVENNESS = "1: all equally frequent, 0: only one";

  private static void origin(Html html, Manifest manifest) {
    html.element("h2", "Where it came from");
    html.element(
        "p",
        "Every line of every file is traced to document, version, page and characters in the"
            + " version's lineage file. Records of the front door that are covered:");
    html.table(
        List.of("topic", "#partition", "#first offset", "#last offset"),
        manifest.covered().stream()
            .map(
                range ->
                    List.of(
                        range.topic(),
                        Integer.toString(range.partition()),
                        Long.toString(range.first()),
                        Long.toString(range.last())))
            .toList());
    html.table(
        List.of("document", "file", "#version", "#examples"),
        manifest.documents().stream()
            .limit(MOST_DOCUMENTS)
            .map(
                document ->
                    List.of(
                        shownId(document),
                        document.filename(),
                        Integer.toString(document.version()),
                        Integer.toString(document.examples())))
            .toList());
    if (manifest.documents().size() > MOST_DOCUMENTS) {
      html.element(
          "p class=\"note\"",
          Figures.count(manifest.documents().size() - MOST_DOCUMENTS)
              + " more documents are in the manifest.");
    }
    html.element(
        "p class=\"note\"",
        "To erase a document, send its id with an empty record to the front door or call"
            + " migaki erase; later versions are made without it.");
  }

  /** An id is often the name of the file as it came, which may name a person: nobody read it. */
  private static String shownId(Manifest.Document document) {
    boolean shown =
        document.id().equals(document.filename()) || MADE_ID.matcher(document.id()).matches();
    return shown ? document.id() : "(in the manifest)";
  }

  static long sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToLong(Integer::longValue).sum();
  }

  private static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("train", "Conversations that the model learns from.");
    files.put(
        "preference",
        "Pairs of a preferred and another answer to one question; method dpo learns from them.");
    files.put("validation", "Watched while training, never trained.");
    files.put("test", "Questions in words that training never sees; they decide about promotion.");
    files.put("edge", "Hard cases: rare topics, shortest and longest answers, mixed scripts.");
    files.put("unanswerable", "Questions that no document answers; the model has to say so.");
    files.put("contradictions", "Documents that disagree, with both sources.");
    files.put("lineage", "One line per line of the other files: where it came from.");
    return files;
  }

  private static String style() {
    try (InputStream stream = DataCard.class.getResourceAsStream("data-card.css")) {
      if (stream == null) {
        throw new IllegalStateException("missing in the jar: data-card.css");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
