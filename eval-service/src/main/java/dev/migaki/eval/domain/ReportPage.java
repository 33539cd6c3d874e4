package dev.migaki.eval.domain;

import dev.migaki.eval.domain.Scorecard.Scores;
import dev.migaki.eval.domain.Scorecard.ShownExample;
import dev.migaki.metrics.Interval;
import dev.migaki.metrics.ScoreSummary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The evaluation as one HTML page that needs nothing but a browser: no script, no font, no image
 * from elsewhere.
 */
public final class ReportPage {
  private final Scorecard card;
  private final LossCurve curve;

  public ReportPage(Scorecard card, LossCurve curve) {
    this.card = card;
    this.curve = curve;
  }

  /** The page. */
  public String html() {
    return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>Evaluation of %s</title><style>%s</style></head><body>
                <h1>Evaluation of <code>%s</code></h1>
                <p class="verdict %s">%s</p>
                <ul>%s</ul>
                <p class="facts">Dataset version %d (<code>%s</code>), base model <code>%s</code>.
                Held-out wordings were never trained on. "Answered right": token F1 ≥ 0.8 and no other known answer nearer.
                Bars show means, whiskers 95 %% bootstrap intervals.</p>
                %s
                <h2>Questions outside the data</h2>%s
                <h2>Loss</h2>%s
                <h2>Answers: the worst and the best</h2>%s
                </body></html>
                """
        .formatted(
            escape(card.modelId()),
            STYLE,
            escape(card.modelId()),
            card.verdict(),
            escape(card.verdict()),
            list(card.reasons()),
            card.versionNumber(),
            escape(card.version().substring(0, Math.min(16, card.version().length()))),
            escape(card.baseModel()),
            languages(),
            unanswerable(),
            losses(),
            examples());
  }

  private String languages() {
    StringBuilder html = new StringBuilder();
    card.languages()
        .forEach(
            (language, scores) ->
                html.append("<h2>")
                    .append(escape(languageName(language)))
                    .append(" · ")
                    .append(scores.tuned().n())
                    .append(" held-out questions</h2><div class=\"charts\">")
                    .append(bars("Answered right", scores, ScoreSummary::answeredRight, 1))
                    .append(bars("Token F1", scores, ScoreSummary::tokenF1, 1))
                    .append(bars("chrF", scores, ScoreSummary::chrF, 100))
                    .append(bars("Exact match", scores, ScoreSummary::exactMatch, 1))
                    .append("</div>")
                    .append(likelihoods(scores)));
    if (!card.kinds().isEmpty()) {
      html.append(
          "<h2>Answered right by kind of question</h2><table><tr><th>kind</th><th>share</th></tr>");
      card.kinds()
          .forEach(
              (kind, share) ->
                  html.append("<tr><td>")
                      .append(escape(kind))
                      .append("</td><td>")
                      .append(number(100 * share, 0))
                      .append(" %</td></tr>"));
      html.append("</table>");
    }
    return html.toString();
  }

  private static String likelihoods(Scores scores) {
    return "<p class=\"facts\">Log-likelihood of a reference token: base %s, few-shot %s, tuned %s nats.</p>"
        .formatted(
            number(scores.base().answerLogLikelihood().mean(), 2),
            number(scores.fewShot().answerLogLikelihood().mean(), 2),
            number(scores.tuned().answerLogLikelihood().mean(), 2));
  }

  /** Four bars with whiskers. */
  private static String bars(
      String title, Scores scores, Function<ScoreSummary, Interval> score, double top) {
    Map<String, ScoreSummary> ways = new java.util.LinkedHashMap<>();
    ways.put("base", scores.base());
    ways.put("few-shot", scores.fewShot());
    ways.put("tuned", scores.tuned());
    ways.put("lookup", scores.lookup());
    StringBuilder svg = new StringBuilder();
    svg.append("<svg viewBox=\"0 0 260 190\" role=\"img\"><title>")
        .append(escape(title))
        .append("</title>");
    svg.append("<text x=\"130\" y=\"14\" class=\"t\">").append(escape(title)).append("</text>");
    int x = 22;
    for (Map.Entry<String, ScoreSummary> way : ways.entrySet()) {
      Interval interval = score.apply(way.getValue());
      double height = 120 * interval.mean() / top;
      svg.append(
          svg(
              "<rect x=\"%d\" y=\"%.1f\" width=\"40\" height=\"%.1f\" class=\"%s\"/>",
              x, 160 - height, height, way.getKey()));
      svg.append(
          svg(
              "<path d=\"M%d %.1fV%.1f\" class=\"w\"/>",
              x + 20, 160 - 120 * interval.low() / top, 160 - 120 * interval.high() / top));
      svg.append(
          svg(
              "<text x=\"%d\" y=\"%.1f\" class=\"v\">%s</text>",
              x + 20,
              160 - 120 * interval.high() / top - 4,
              number(interval.mean(), top > 1 ? 0 : 2)));
      svg.append(svg("<text x=\"%d\" y=\"176\" class=\"l\">%s</text>", x + 20, way.getKey()));
      x += 58;
    }
    return svg.append("<path d=\"M10 160H255\" class=\"a\"/></svg>").toString();
  }

  private String unanswerable() {
    StringBuilder html =
        new StringBuilder(
            "<table><tr><th></th><th>asked</th><th>declined</th><th>answered as if known</th></tr>");
    card.unanswerable()
        .forEach(
            (who, scores) ->
                html.append("<tr><td>")
                    .append(escape(who))
                    .append("</td><td>")
                    .append(scores.asked())
                    .append("</td><td>")
                    .append(scores.declined())
                    .append("</td><td>")
                    .append(number(100 * scores.confidentWrong(), 0))
                    .append(" %</td></tr>"));
    return html.append("</table>").toString();
  }

  private String losses() {
    String facts =
        "<p class=\"facts\">training %s, validation %s, ratio %s (%s). A model that has to know answers by heart shows a high ratio; what counts is the share of held-out wordings answered right.</p>"
            .formatted(
                number(card.losses().train(), 3),
                number(card.losses().validation(), 3),
                number(card.losses().ratio(), 1),
                escape(card.losses().overfitting()));
    if (curve.train().size() < 2) {
      return facts;
    }
    int lastStep = curve.train().get(curve.train().size() - 1).step();
    double top =
        java.util.stream.Stream.concat(curve.train().stream(), curve.validation().stream())
            .mapToDouble(LossCurve.Point::loss)
            .max()
            .orElse(1);
    return "<svg class=\"curve\" viewBox=\"0 0 640 240\" role=\"img\"><title>Loss by step</title>"
        + "<path d=\"M40 10V200H630\" class=\"a\"/>"
        + "<text x=\"36\" y=\"18\" class=\"r\">"
        + number(top, 1)
        + "</text><text x=\"36\" y=\"204\" class=\"r\">0</text>"
        + "<text x=\"630\" y=\"218\" class=\"r\">step "
        + lastStep
        + "</text>"
        + line(curve.train(), lastStep, top, "train")
        + line(curve.validation(), lastStep, top, "valid")
        + "<text x=\"620\" y=\"24\" class=\"r train\">training</text><text x=\"620\" y=\"42\" class=\"r valid\">validation</text></svg>"
        + facts;
  }

  private static String line(List<LossCurve.Point> points, int lastStep, double top, String css) {
    StringBuilder path = new StringBuilder();
    for (LossCurve.Point point : points) {
      path.append(path.length() == 0 ? "M" : "L")
          .append(
              svg(
                  "%.1f %.1f",
                  40 + 590.0 * point.step() / Math.max(1, lastStep),
                  200 - 190 * point.loss() / top));
    }
    return "<path d=\"" + path + "\" class=\"" + css + "\" fill=\"none\"/>";
  }

  private String examples() {
    StringBuilder html =
        new StringBuilder(
            "<table class=\"examples\"><tr><th></th><th>question</th><th>documents say</th><th>base</th><th>tuned</th></tr>");
    for (ShownExample example : card.examples()) {
      html.append("<tr><td>")
          .append(example.answeredRight() ? "✓" : "✗")
          .append("<br><small>")
          .append(escape(example.language() + " " + example.kind()))
          .append("<br>F1 ")
          .append(number(example.tokenF1(), 2))
          .append("</small></td><td>")
          .append(escape(example.question()))
          .append("</td><td>")
          .append(escape(example.reference()))
          .append("</td><td>")
          .append(escape(shortened(example.base())))
          .append("</td><td>")
          .append(escape(shortened(example.tuned())))
          .append("</td></tr>");
    }
    return html.append("</table>").toString();
  }

  private static String list(List<String> items) {
    StringBuilder html = new StringBuilder();
    items.forEach(item -> html.append("<li>").append(escape(item)).append("</li>"));
    return html.toString();
  }

  private static String languageName(String language) {
    return new Locale(language).getDisplayLanguage(Locale.ENGLISH);
  }

  private static String shortened(String text) {
    int end = text.offsetByCodePoints(0, Math.min(220, text.codePointCount(0, text.length())));
    return end < text.length() ? text.substring(0, end) + "…" : text;
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String svg(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static final String STYLE =
      """
            body{font:15px/1.5 system-ui,sans-serif;max-width:1060px;margin:2rem auto;padding:0 1rem;color:#1d2730}
            h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}code{background:#eef2f5;padding:0 .3em}
            .verdict{display:inline-block;font-size:1.3rem;padding:.2em .8em;border-radius:.4em;color:#fff;background:#a33}
            .verdict.promote{background:#18794e}.verdict.prompt-instead{background:#8a5a00}
            .facts{color:#52606d}.charts{display:flex;flex-wrap:wrap;gap:1rem}.charts svg{width:250px}
            svg text{font-size:11px;fill:#52606d;text-anchor:middle}svg .t{font-weight:600;fill:#1d2730}svg .r{text-anchor:end}
            svg .base{fill:#9aa5b1}svg .few-shot{fill:#e0a458}svg .tuned{fill:#2680c2}svg .lookup{fill:#cbd2d9}
            svg .w,svg .a{stroke:#1d2730;stroke-width:1.2;fill:none}svg path.train{stroke:#2680c2;stroke-width:1.5}
            svg path.valid{stroke:#d64545;stroke-width:1.5}svg text.train{fill:#2680c2}svg text.valid{fill:#d64545}.curve{max-width:760px}
            table{border-collapse:collapse}td,th{border-bottom:1px solid #dde4ea;padding:.35em .7em;text-align:left;vertical-align:top}
            .examples td{max-width:260px;overflow-wrap:anywhere}small{color:#7b8794}
            """;
}
