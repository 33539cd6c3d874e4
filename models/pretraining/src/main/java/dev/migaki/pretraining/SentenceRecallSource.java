package dev.migaki.pretraining;

import dev.migaki.pretraining.CorpusLine.Conversation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Asks for a sentence by some of its content words, in several frames, so that the model learns to
 * read the words that matter wherever they stand. Each sentence comes back {@link #ASKED} times
 * with other words.
 */
final class SentenceRecallSource implements CorpusSource {
  static final int ASKED = 3;
  private final String name;
  private final Language language;
  private final List<String> sentences;
  private final QuestionForms forms;

  SentenceRecallSource(
      String name, Language language, List<String> sentences, QuestionForms forms) {
    this.name = name;
    this.language = language;
    this.sentences = List.copyOf(sentences);
    this.forms = forms;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<CorpusLine> lines(int characters, Random random) {
    List<String> shuffled = new ArrayList<>(sentences);
    Collections.shuffle(shuffled, random);
    List<CorpusLine> lines = new ArrayList<>();
    int made = 0;
    for (String sentence : shuffled) {
      List<String> words = ContentWords.of(sentence, language);
      if (words.size() < 2) {
        continue;
      }
      for (int i = 0; i < ASKED; i++) {
        CorpusLine line = Conversation.of(question(sentence, words, random), sentence);
        lines.add(line);
        made += line.characters();
      }
      if (made >= characters) {
        break;
      }
    }
    return lines;
  }

  private String question(String sentence, List<String> words, Random random) {
    if (random.nextDouble() < 0.7) {
      return forms.byWords(words, sentence, language, random);
    }
    return forms.about(fragment(sentence, words, random), language, random);
  }

  /**
   * A stretch of the sentence from one content word to the end of another: words with their
   * particles.
   */
  private String fragment(String sentence, List<String> words, Random random) {
    int from = random.nextInt(words.size() - 1);
    int to = Math.min(words.size() - 1, from + 1 + random.nextInt(2));
    String folded =
        language == Language.ENGLISH ? sentence.toLowerCase(java.util.Locale.ROOT) : sentence;
    String first = fold(words.get(from));
    String last = fold(words.get(to));
    int start = folded.indexOf(first);
    int end = folded.indexOf(last, Math.max(0, start));
    return start < 0 || end < start
        ? first + " " + last
        : sentence.substring(start, end + last.length());
  }

  private String fold(String word) {
    return language == Language.ENGLISH ? word.toLowerCase(java.util.Locale.ROOT) : word;
  }
}
