package dev.migaki.datasets.card;

import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.balance.Spread;
import dev.migaki.datasets.probe.ProbeReport;
import dev.migaki.datasets.sealing.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was removed, how well that works, and what it does not prove. */
final class PrivacySection {
  private static final double LOW_RECALL = 0.95;

  private PrivacySection() {}

  static void write(Html html, Manifest manifest) {
    html.element("h2", "Personal data and secrets");
    long removed = DataCard.sum(manifest.findings());
    html.element(
        "p",
        Figures.count(removed)
            + " values were found in "
            + Figures.count(manifest.documents().size())
            + " documents and treated as the recipe says before any example was made. All questions"
            + " and answers of this version were then scanned once more. Names of documents were"
            + " not: they stand here and in the manifest as they were given.");
    int residue = manifest.rejects().getOrDefault(RejectReason.RESIDUE.label(), 0);
    html.raw("<div class=\"good\">")
        .element(
            "p",
            "The last scan of the finished files found nothing. "
                + (residue == 0
                    ? "No example had to be withheld."
                    : residue
                        + (residue == 1 ? " example was" : " examples were")
                        + " withheld because a scan still found something in it."))
        .raw("</div>\n");
    if (removed > 0) {
      html.raw(
          Plots.bars("Removed, by kind of value", Spread.of(manifest.findings()).counts(), 20));
    }
    probe(html, manifest.probe());
    html.element(
        "p class=\"note\"",
        "A scan finds what its recognisers know. Names without context, nicknames, and people who"
            + " can be told by what happened to them may remain; a sample of the training file"
            + " should be read by a person before a model leaves the company.");
  }

  private static void probe(Html html, @Nullable ProbeReport probe) {
    if (probe == null) {
      html.element(
          "p class=\"note\"",
          "Recall was not measured for this version: the recipe asks for no privacy probe"
              + " (privacyProbe.values).");
      return;
    }
    ProbeReport.Recall total = probe.total();
    html.element(
        "p",
        "Privacy probe: "
            + Figures.count(total.planted())
            + " invented values were planted in sentences of this dataset and sent through the same"
            + " cleanser; "
            + Figures.count(total.removed())
            + " ("
            + Figures.percent(total.value())
            + ") were removed in full. The planted texts were thrown away; no example was made of"
            + " them.");
    if (total.value() < LOW_RECALL) {
      html.raw("<div class=\"warn\">")
          .element(
              "p",
              "Less than 95 % of the planted values were removed. Lower the thresholds of the"
                  + " kinds below, or have the examples reviewed.")
          .raw("</div>\n");
    }
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, ProbeReport.Recall> kind : probe.byKind().entrySet()) {
      ProbeReport.Recall recall = kind.getValue();
      rows.add(
          List.of(
              kind.getKey(),
              Integer.toString(recall.planted()),
              Integer.toString(recall.removed()),
              Figures.percent(recall.value())));
    }
    html.table(List.of("kind of value", "#planted", "#removed", "#recall"), rows);
    html.element(
        "p class=\"note\"",
        "The values are made by templates, so real text will be harder; compare versions with each"
            + " other rather than with a promise. Seed "
            + probe.seed()
            + ".");
  }
}
