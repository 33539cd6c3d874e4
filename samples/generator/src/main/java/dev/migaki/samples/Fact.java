package dev.migaki.samples;

import java.util.List;
import java.util.Optional;

/**
 * One statement of the company, with every wording in which it is asked for.
 *
 * @param language the language of wordings and answers
 * @param topic the group that shares a primary document
 * @param id unique within its language
 * @param wordings the official question first, then other ways in which people ask it
 * @param answer the official sentence that every document repeats word for word
 * @param changedAnswer the sentence that replaces it in the second batch
 * @param contradiction a sentence that one careless document states instead
 */
public record Fact(
    Language language,
    String topic,
    String id,
    List<String> wordings,
    String answer,
    Optional<String> changedAnswer,
    Optional<String> contradiction) {

  public Fact {
    wordings = List.copyOf(wordings);
  }

  /** The answer that holds when the given batch is the newest one. */
  public String answerIn(Batch batch) {
    return batch == Batch.SECOND ? changedAnswer.orElse(answer) : answer;
  }

  /** Identifies the fact across both languages. */
  public String qualifiedId() {
    return language.code() + "/" + id;
  }
}
