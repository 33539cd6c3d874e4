package dev.migaki.samples;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands the {@code {{…}}} marks of one script and notes everything that they plant.
 *
 * <table>
 *   <caption>Marks</caption>
 *   <tr><td>{@code {{q id n}}}</td><td>the fact's n-th wording</td></tr>
 *   <tr><td>{@code {{a id}}}</td><td>its answer in the script's batch</td></tr>
 *   <tr><td>{@code {{x id}}}</td><td>its contradicting answer</td></tr>
 *   <tr><td>{@code {{pii TYPE value}}}</td><td>personal data</td></tr>
 *   <tr><td>{@code {{secret name}}}</td><td>a made-up credential</td></tr>
 *   <tr><td>{@code {{typo wrong|right}}}</td><td>the wrong spelling</td></tr>
 *   <tr><td>{@code {{u 200B}}}</td><td>a character by its code point</td></tr>
 * </table>
 */
final class Markup {
  private static final Pattern MARK = Pattern.compile("\\{\\{(\\w+) (.*?)\\}\\}");

  private final DocumentScript script;
  private final FactBook facts;
  private final PlantedTruth truth;
  private final Map<String, String> edits;

  /**
   * @param edits what a near-duplicate says differently, old text to new; its questions then do not
   *     count as further wordings
   */
  Markup(DocumentScript script, FactBook facts, PlantedTruth truth, Map<String, String> edits) {
    this.script = script;
    this.facts = facts;
    this.truth = truth;
    this.edits = edits;
  }

  String expand(String text) {
    Matcher marks = MARK.matcher(text);
    StringBuilder expanded = new StringBuilder();
    while (marks.find()) {
      String replacement = replacement(marks.group(1), marks.group(2));
      marks.appendReplacement(expanded, Matcher.quoteReplacement(replacement));
    }
    return edited(marks.appendTail(expanded).toString());
  }

  String question(String id, int wording) {
    Fact fact = facts.fact(id);
    if (edits.isEmpty()) {
      truth.asked(new PlantedTruth.Asked(script.batch(), fact, wording, script.fileName()));
    }
    return edited(fact.wordings().get(wording));
  }

  String answer(String id) {
    return edited(facts.fact(id).answerIn(script.batch()));
  }

  String contradiction(String id) {
    Fact fact = facts.fact(id);
    truth.contradicted(fact, script.fileName());
    return fact.contradiction().orElseThrow();
  }

  private String edited(String text) {
    String result = text;
    for (Map.Entry<String, String> edit : edits.entrySet()) {
      result = result.replace(edit.getKey(), edit.getValue());
    }
    return result;
  }

  private String replacement(String mark, String argument) {
    String[] words = argument.split(" ", 2);
    switch (mark) {
      case "q":
        return question(words[0], Integer.parseInt(words[1]));
      case "a":
        return answer(argument);
      case "x":
        return contradiction(argument);
      case "pii":
        truth.finding(words[0], words[1], script.fileName());
        return words[1];
      case "secret":
        String value = SecretCatalogue.value(argument);
        truth.secret(SecretCatalogue.type(argument), value, script.fileName());
        return value;
      case "typo":
        String[] sides = argument.split("\\|");
        truth.typo(script.fileName(), sides[0], sides[1]);
        return sides[0];
      case "u":
        return Character.toString(Integer.parseInt(argument, 16));
      default:
        throw new IllegalArgumentException(script.fileName() + ": unknown mark " + mark);
    }
  }
}
