package dev.migaki.documents.parsing;

import dev.migaki.documents.Block.Role;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who is who in a conversation, by the labels that support desks use. */
final class Speakers {

  private static final Pattern CUSTOMER =
      Pattern.compile(
          "customer|client|user|caller|guest|visitor|patient|student|shopper|buyer|human|member"
              + "|requester|お客|顧客|ユーザ|利用者|質問者|相談者|患者|来訪者|会員|購入者|問い合わせ者|問合せ者|依頼者|生徒|学生");
  private static final Pattern AGENT =
      Pattern.compile(
          "agent|operator|support|staff|representative|assistant|helpdesk|help desk|bot|advisor"
              + "|clerk|nurse|doctor|teacher|service|system|gpt|担当|オペレータ|サポート|ヘルプデスク|スタッフ|窓口|係|店員"
              + "|アシスタント|ボット|回答者|カスタマー|コンシェルジュ|相談員|医師|看護師|薬剤師|先生|講師|事務局");
  private static final Set<String> SHORT_CUSTOMER = Set.of("客", "c", "u", "cust");
  private static final Set<String> SHORT_AGENT = Set.of("op", "rep", "ai", "cs");

  private static final Pattern ROLE_WORDS =
      Pattern.compile(
          "(?:(?:customer|client|user|caller|guest|visitor|patient|student|shopper|buyer|human"
              + "|member|requester|agent|operator|support|staff|rep|representative|assistant|help"
              + "|helpdesk|desk|bot|advisor|clerk|nurse|doctor|teacher|service|the|team|op|cust)"
              + "\\s*){1,3}");

  private Speakers() {}

  /** The role that a label names, or empty for a person's name. */
  static Optional<Role> roleOf(String label) {
    String name = label.strip().toLowerCase(java.util.Locale.ROOT);
    // "customer support" and カスタマーサポート are agents, so they are looked for first
    if (SHORT_AGENT.contains(name) || AGENT.matcher(name).find()) {
      return Optional.of(Role.AGENT);
    }
    if (SHORT_CUSTOMER.contains(name) || CUSTOMER.matcher(name).find()) {
      return Optional.of(Role.CUSTOMER);
    }
    return Optional.empty();
  }

  /**
   * Whether a line's label can only be a speaker: "Support agent 2" or お客様, but neither "System
   * requirements" nor "User interface", which begin lines of manuals.
   */
  static boolean isLabel(String label) {
    boolean latin = label.chars().allMatch(c -> c < 0x250);
    if (!latin) {
      return label.length() <= 14 && roleOf(label).isPresent();
    }
    String words =
        label.toLowerCase(java.util.Locale.ROOT).replaceAll("\\(.*?\\)|[\\d#]", " ").strip();
    return ROLE_WORDS.matcher(words).matches() && roleOf(words).isPresent();
  }

  /**
   * Roles of all speakers of one conversation. With two speakers of whom one is known, the other
   * has the opposite role.
   *
   * @param labels speakers in order of appearance, repeated as they speak
   */
  static Map<String, Role> rolesOf(List<String> labels) {
    Map<String, Role> roles = new LinkedHashMap<>();
    for (String label : new LinkedHashSet<>(labels)) {
      roles.put(label, roleOf(label).orElse(Role.OTHER));
    }
    boolean agent = roles.containsValue(Role.AGENT);
    boolean customer = roles.containsValue(Role.CUSTOMER);
    if (agent != customer) {
      roles.replaceAll(
          (label, role) -> role != Role.OTHER ? role : agent ? Role.CUSTOMER : Role.AGENT);
    }
    return roles;
  }
}
