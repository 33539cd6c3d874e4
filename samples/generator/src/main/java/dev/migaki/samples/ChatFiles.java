package dev.migaki.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Conversations as chat systems export them. */
final class ChatFiles {
  private ChatFiles() {}

  /** One conversation a line in OpenAI's chat format. */
  static String openAi(DocumentScript script, List<List<Turn>> conversations) {
    StringBuilder text = new StringBuilder();
    String system =
        script
            .language()
            .pick(
                "You are the support desk of Tsuyukusa, a maker of water and air purifiers.",
                "あなたは浄水器と空気清浄機のメーカー「つゆくさ」のサポート担当です。");
    for (List<Turn> conversation : conversations) {
      List<Map<String, String>> messages = new ArrayList<>();
      messages.add(message("role", "system", "content", system));
      for (Turn turn : conversation) {
        String role = turn.fromCustomer() ? "user" : "assistant";
        messages.add(message("role", role, "content", turn.text()));
      }
      text.append(Json.line(Map.of("messages", messages))).append('\n');
    }
    return text.toString();
  }

  /** One turn a line, with speaker and running numbers. */
  static String turns(List<List<Turn>> conversations) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < conversations.size(); i++) {
      List<Turn> conversation = conversations.get(i);
      for (int j = 0; j < conversation.size(); j++) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("conversation", "c-%03d".formatted(i + 1));
        line.put("turn", j + 1);
        line.put("speaker", conversation.get(j).fromCustomer() ? "customer" : "agent");
        line.put("text", conversation.get(j).text());
        text.append(Json.line(line)).append('\n');
      }
    }
    return text.toString();
  }

  /** A transcript for people: a line per turn, with or without the time. */
  static String transcript(DocumentScript script, List<List<Turn>> conversations, Markup markup) {
    Language language = script.language();
    String customer = markup.expand(script.option("customer", language.pick("Customer", "お客様")));
    String agent = markup.expand(script.option("agent", language.pick("Agent", "担当")));
    boolean timed = script.option("times", "no").equals("yes");
    StringBuilder text = new StringBuilder();
    int minute = 0;
    for (int i = 0; i < conversations.size(); i++) {
      text.append(language.pick("--- Chat " + (i + 1) + " ---", "--- チャット" + (i + 1) + " ---"));
      text.append('\n');
      for (Turn turn : conversations.get(i)) {
        minute++;
        if (timed) {
          text.append("[%02d:%02d] ".formatted(9 + minute / 60, minute % 60));
        }
        text.append(turn.fromCustomer() ? customer : agent);
        text.append(language.pick(": ", "：")).append(turn.text()).append('\n');
      }
      text.append('\n');
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static Map<String, String> message(
      String firstKey, String first, String secondKey, String second) {
    Map<String, String> message = new LinkedHashMap<>();
    message.put(firstKey, first);
    message.put(secondKey, second);
    return message;
  }
}
