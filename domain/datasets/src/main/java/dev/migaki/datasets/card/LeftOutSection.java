package dev.migaki.datasets.card;

import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.balance.Spread;
import dev.migaki.datasets.sealing.Contradiction;
import dev.migaki.datasets.sealing.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What did not become an example, and where documents disagree. */
final class LeftOutSection {
  private static final int MOST_CONTRADICTIONS = 100;

  private LeftOutSection() {}

  static void write(Html html, Manifest manifest) {
    html.element("h2", "What was left out, and why");
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, Integer> entry : Spread.of(manifest.rejects()).counts().entrySet()) {
      rows.add(
          List.of(
              entry.getKey(),
              Figures.count(entry.getValue()),
              RejectReason.labelled(entry.getKey()).map(RejectReason::explanation).orElse("")));
    }
    if (rows.isEmpty()) {
      html.element("p", "Nothing: every pair that was found is used.");
    } else {
      html.table(List.of("reason", "#pairs", "meaning"), rows);
    }
    contradictions(html, manifest.content().contradictions());
  }

  private static void contradictions(Html html, List<Contradiction> contradictions) {
    html.element("h2", "Documents that disagree");
    if (contradictions.isEmpty()) {
      html.element("p", "None were found.");
      return;
    }
    html.element(
        "p",
        "Two documents answer one question with different numbers, or one with yes and the other"
            + " with no. Somebody who knows should correct one of them; the texts are in the"
            + " contradictions file.");
    html.table(
        List.of("about", "first document", "second document", "what was done"),
        contradictions.stream()
            .limit(MOST_CONTRADICTIONS)
            .map(
                found ->
                    List.of(
                        found.kind(),
                        filename(found.kept()),
                        filename(found.dropped()),
                        switch (found.resolution()) {
                          case NEWER_KEPT -> "the newer answer (first) is trained";
                          case NEITHER_KEPT -> "neither is trained until somebody decides";
                        }))
            .toList());
  }

  private static String filename(dev.migaki.datasets.Example example) {
    return example.source() == null ? "" : example.source().filename();
  }
}
