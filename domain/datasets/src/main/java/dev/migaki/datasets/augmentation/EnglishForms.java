package dev.migaki.datasets.augmentation;

import dev.migaki.datasets.similarity.ContentTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** English question forms. What cannot be parsed is only wrapped, never rebuilt. */
final class EnglishForms implements QuestionForms {
  private static final Pattern HOW =
      Pattern.compile("(?i)^how (?:do|can|should|would|could) (?:i|we|you|one) (.+)$");
  private static final Pattern CAN = Pattern.compile("(?i)^(?:can|may|could) (?:i|we) (.+)$");
  private static final Pattern POSSIBLE =
      Pattern.compile("(?i)^is it possible (?:for me )?to (.+)$");
  private static final Pattern COSTS =
      Pattern.compile("(?i)^how much (?:do|does) (.+) cost( .*)?$|^how much (?:is|are) (.+)$");
  private static final Pattern ABOUT =
      Pattern.compile(
          "(?i)^(?:what can you tell me about|tell me about|(?:can|could) you tell me about|please explain) (.+)$");
  private static final Pattern WHAT_IS = Pattern.compile("(?i)^(?:what is|what's|what are) (.+)$");
  private static final Pattern EDITABLE_WORD = Pattern.compile("\\b[a-z]{5,}\\b");

  /** Questions whose words can stay in order when they become a clause: pattern and clause. */
  private static final List<Clause> CLAUSES =
      List.of(
          new Clause("how (?:do|can|should|would|could) (?:i|we|you|one) (.+)", "how to $1"),
          new Clause("(?:can|may|could) i (.+)", "whether I can $1"),
          new Clause("(?:can|could) you (.+)", "whether you can $1"),
          new Clause("do you (.+)", "whether you $1"),
          new Clause("do i (?:need|have) (.+)", "whether I need $1"),
          new Clause("is it possible to (.+)", "whether it is possible to $1"),
          new Clause("is there (.+)", "whether there is $1"),
          new Clause("are there (.+)", "whether there are $1"),
          new Clause("how much does (.+) cost", "how much $1 costs"),
          new Clause("how much do (.+) cost", "how much $1 cost"),
          new Clause("how long does (.+?) (?:take|last)( .*)?", "how long $1 takes$2"),
          new Clause("how long do (.+?) take( .*)?", "how long $1 take$2"),
          new Clause("how long is (.+)", "how long $1 is"),
          new Clause("how much is (.+)", "how much $1 is"),
          new Clause("what is (.+)", "what $1 is"),
          new Clause("what's (.+)", "what $1 is"),
          new Clause("what are (.+)", "what $1 are"),
          new Clause("where (?:can|do) i (.+)", "where I can $1"),
          new Clause("where is (.+)", "where $1 is"),
          new Clause("where are (.+)", "where $1 are"),
          new Clause("when (?:can|do) i (.+)", "when I can $1"),
          new Clause("when will (i|you|we|my \\S+|the \\S+) (.+)", "when $1 will $2"),
          new Clause("when is (.+)", "when $1 is"),
          new Clause("who is (.+)", "who $1 is"),
          new Clause("what happens (.+)", "what happens $1"),
          new Clause("what should i do (.+)", "what I should do $1"),
          new Clause("(what|which) (\\w+) do you (.+)", "$1 $2 you $3"),
          new Clause("how many (.+?) do (i|you|we) (.+)", "how many $1 $2 $3"),
          new Clause("how many (.+?) can i (.+)", "how many $1 I can $2"));

  private record Clause(Pattern question, String clause) {
    Clause(String question, String clause) {
      this(Pattern.compile("(?i)^" + question + "$"), clause);
    }
  }

  @Override
  public List<Wording> of(String question, Family family) {
    String bare = question.strip().replaceAll("[?？.!\\s]+$", "");
    boolean oneSentence = !bare.matches("(?s).*[.!?]\\s.*") && !bare.contains("\n");
    Templates templates = new Templates(family == Family.TRAINING ? "en-" : "en-held-");
    if (family == Family.RESERVED) {
      String end = question.strip().endsWith("?") || question.strip().endsWith("？") ? "?" : ".";
      wrap(templates, bare + end, oneSentence);
    } else if (oneSentence) {
      templates.fill("plain", Courtesies.lowerFirst(bare), "{}");
      keywords(bare).ifPresent(words -> templates.fill("keywords", words, "{}"));
    }
    if (oneSentence) {
      clause(bare).ifPresent(clause -> indirect(templates, clause, family));
      rebuild(templates, bare, family);
    }
    return templates.wordings();
  }

  private static void wrap(Templates templates, String sentence, boolean oneSentence) {
    templates.fill(
        "newcomer", sentence, "I am new here. {}", "{} I would be glad about a short answer.");
    if (oneSentence) {
      String lower = Courtesies.lowerFirst(sentence);
      templates.fill("excuse", lower, "Sorry to bother you, but {}", "One more thing: {}");
    }
  }

  private static void indirect(Templates templates, String clause, Family family) {
    if (family == Family.TRAINING) {
      templates.fill(
          "indirect",
          clause,
          "Please tell me {}.",
          "I would like to know {}.",
          "Could you tell me {}?",
          "Can someone explain {}?");
    } else {
      templates.fill(
          "indirect",
          clause,
          "Do you happen to know {}?",
          "I am trying to find out {}.",
          "Any idea {}?",
          "Let me know {}, please.");
    }
  }

  private static void rebuild(Templates templates, String bare, Family family) {
    boolean training = family == Family.TRAINING;
    Matcher how = HOW.matcher(bare);
    Matcher can = CAN.matcher(bare);
    Matcher possible = POSSIBLE.matcher(bare);
    Matcher costs = COSTS.matcher(bare);
    Matcher about = ABOUT.matcher(bare);
    Matcher whatIs = WHAT_IS.matcher(bare);
    if (how.matches()) {
      templates.fill("how", how.group(1), training ? HOW_TRAINING : HOW_RESERVED);
    } else if (can.matches() || possible.matches()) {
      String action = can.matches() ? can.group(1) : possible.group(1);
      templates.fill("can", action, training ? CAN_TRAINING : CAN_RESERVED);
    } else if (costs.matches() && costs.group(2) == null) {
      String thing = costs.group(1) != null ? costs.group(1) : costs.group(3);
      templates.fill("cost", thing, training ? COST_TRAINING : COST_RESERVED);
    } else if (about.matches()) {
      templates.fill("about", about.group(1), training ? ABOUT_TRAINING : ABOUT_RESERVED);
    } else if (whatIs.matches()) {
      templates.fill("what", whatIs.group(1), training ? WHAT_TRAINING : WHAT_RESERVED);
    }
  }

  private static final String[] HOW_TRAINING = {
    "How can I {}?",
    "What are the steps to {}?",
    "What is the best way to {}?",
    "I want to {}. How does that work?",
    "Please help me to {}."
  };
  private static final String[] HOW_RESERVED = {
    "What do I have to do to {}?", "I'd like to {}, where do I start?", "Show me how to {}."
  };
  private static final String[] CAN_TRAINING = {
    "Is it possible to {}?", "Am I able to {}?", "I would like to {}. Is that possible?"
  };
  private static final String[] CAN_RESERVED = {
    "Am I allowed to {}?", "Would it be okay to {}?", "Does the company let me {}?"
  };
  private static final String[] COST_TRAINING = {
    "What does {} cost?", "What is the price of {}?", "What do I pay for {}?"
  };
  private static final String[] COST_RESERVED = {
    "How expensive is {}?", "What is the amount charged for {}?"
  };
  private static final String[] ABOUT_TRAINING = {
    "Tell me about {}.",
    "I have a question about {}.",
    "What should I know about {}?",
    "Please explain {}.",
    "{}?"
  };
  private static final String[] ABOUT_RESERVED = {
    "Give me some information on {}, please.", "I'd like details on {}.", "How about {}?"
  };
  private static final String[] WHAT_TRAINING = {
    "Tell me {}.", "I need information on {}.", "{}?", "What exactly is {}?"
  };
  private static final String[] WHAT_RESERVED = {
    "Give me {}, please.", "I have to find {}. Can you help?"
  };

  private static Optional<String> clause(String bare) {
    for (Clause clause : CLAUSES) {
      Matcher matcher = clause.question().matcher(bare);
      if (matcher.matches()) {
        return Optional.of(matcher.replaceFirst(clause.clause()).replace("null", ""));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> keywords(String bare) {
    List<String> words = new ArrayList<>();
    ContentTerms.Interrogative kind = ContentTerms.interrogative(bare);
    if (kind == ContentTerms.Interrogative.HOW || kind == ContentTerms.Interrogative.WHEN) {
      words.add(
          bare.toLowerCase(Locale.ROOT).startsWith("how long")
              ? "how long"
              : kind.name().toLowerCase(Locale.ROOT));
    }
    words.addAll(ContentTerms.inOrder(bare));
    boolean removed = words.stream().anyMatch(word -> word.startsWith("<"));
    return words.size() < 2 || removed ? Optional.empty() : Optional.of(String.join(" ", words));
  }

  @Override
  public String withTypo(String question, long seed) {
    List<int[]> words = new ArrayList<>();
    Matcher word = EDITABLE_WORD.matcher(question);
    while (word.find()) {
      words.add(new int[] {word.start(), word.end()});
    }
    if (words.isEmpty()) {
      return question;
    }
    int[] chosen = words.get((int) Long.remainderUnsigned(seed, words.size()));
    // inside the word: people seldom get the first letter wrong
    int at = chosen[0] + 1 + (int) Long.remainderUnsigned(seed >>> 16, chosen[1] - chosen[0] - 3);
    StringBuilder slipped = new StringBuilder(question);
    switch ((int) Long.remainderUnsigned(seed >>> 32, 3)) {
      case 0 -> slipped.deleteCharAt(at);
      case 1 -> slipped.insert(at, question.charAt(at));
      default -> {
        slipped.setCharAt(at, question.charAt(at + 1));
        slipped.setCharAt(at + 1, question.charAt(at));
      }
    }
    return slipped.toString();
  }
}
