package dev.migaki.lm.tokenizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learns a byte-level byte-pair vocabulary (arXiv:1508.07909, byte alphabet of GPT-2) and writes it
 * as a Hugging Face {@code tokenizer.json}.
 *
 * <p>Same texts in any order, same vocabulary: ties between equally frequent pairs go to the pair
 * with the smaller ids. The splitting pattern keeps Japanese scripts apart (kanji, hiragana,
 * katakana), so that no token joins a noun with the particle behind it, and digits single, so that
 * numbers are copied digit by digit.
 */
public final class BytePairTrainer {

  /**
   * Splits text before merging. The same pattern must mean the same in {@link Pattern} and in the
   * tokenizer's Oniguruma; script names differ, so there are two spellings of one pattern.
   */
  static final String TOKENIZER_PATTERN = pattern("\\p{Han}", "\\p{Hiragana}", "\\p{Katakana}");

  private static final Pattern JAVA_PATTERN =
      Pattern.compile(
          pattern("\\p{IsHan}", "\\p{IsHiragana}", "\\p{IsKatakana}"),
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, long[]> chunkCounts = new HashMap<>();

  private static String pattern(String han, String hiragana, String katakana) {
    String japanese = "[" + han + hiragana + katakana + "ー]";
    return "'(?:[sdmt]|ll|ve|re)"
        + "| ?"
        + han
        + "+"
        + "| ?"
        + hiragana
        + "+"
        + "| ?["
        + katakana
        + "ー]+"
        + "| ?(?:(?!"
        + japanese
        + ")[\\p{L}\\p{M}])+"
        + "|\\p{N}"
        + "| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*"
        + "|\\s*[\\r\\n]+"
        + "|\\s+(?!\\S)"
        + "|\\s+";
  }

  /** Counts the pieces of one text. Special tokens must not be in it. */
  public void addInPlace(String text) {
    Matcher matcher = JAVA_PATTERN.matcher(text);
    while (matcher.find()) {
      chunkCounts.computeIfAbsent(matcher.group(), key -> new long[1])[0]++;
    }
  }

  /**
   * Learns merges and returns the text of {@code tokenizer.json}. Special tokens get the first ids,
   * then the 256 bytes, then merges.
   *
   * @param vocabularySize ids in all, special tokens and bytes included
   * @param specialTokens for instance {@code <|endoftext|>}, {@code <|im_start|>}, {@code
   *     <|im_end|>}
   */
  public String train(int vocabularySize, List<String> specialTokens) {
    int firstByte = specialTokens.size();
    if (vocabularySize < firstByte + 256) {
      throw new IllegalArgumentException(
          "vocabulary of " + vocabularySize + " is smaller than bytes and special tokens");
    }
    List<String> tokens = new ArrayList<>(specialTokens);
    String[] alphabet = byteAlphabet();
    tokens.addAll(Arrays.asList(alphabet));
    List<String> mergeTexts = new MergeLearner(words(firstByte), tokens).learn(vocabularySize);
    return toJson(tokens, mergeTexts, specialTokens);
  }

  private List<MergeLearner.Word> words(int firstByte) {
    List<MergeLearner.Word> words = new ArrayList<>();
    // sorted, so that the result does not depend on the hash order
    for (Map.Entry<String, long[]> entry : new TreeMap<>(chunkCounts).entrySet()) {
      byte[] bytes = entry.getKey().getBytes(StandardCharsets.UTF_8);
      int[] symbols = new int[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        symbols[i] = firstByte + (bytes[i] & 0xFF);
      }
      words.add(new MergeLearner.Word(symbols, entry.getValue()[0]));
    }
    return words;
  }

  /** GPT-2's printable character for each byte. */
  static String[] byteAlphabet() {
    String[] alphabet = new String[256];
    int next = 256;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || value >= 0xAE;
      alphabet[value] = new String(Character.toChars(printable ? value : next++));
    }
    return alphabet;
  }

  private static String toJson(
      List<String> tokens, List<String> merges, List<String> specialTokens) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (int id = 0; id < specialTokens.size(); id++) {
      ObjectNode token = added.addObject();
      token.put("id", id).put("content", specialTokens.get(id));
      token.put("single_word", false).put("lstrip", false).put("rstrip", false);
      token.put("normalized", false).put("special", true);
    }
    root.putNull("normalizer");
    ObjectNode sequence = root.putObject("pre_tokenizer");
    sequence.put("type", "Sequence");
    ArrayNode steps = sequence.putArray("pretokenizers");
    ObjectNode split = steps.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", TOKENIZER_PATTERN);
    split.put("behavior", "Isolated").put("invert", false);
    byteLevel(steps.addObject());
    root.putNull("post_processor");
    byteLevel(root.putObject("decoder"));
    ObjectNode model = root.putObject("model");
    model.put("type", "BPE").putNull("dropout");
    model.putNull("unk_token").putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    ArrayNode mergeList = model.putArray("merges");
    merges.forEach(mergeList::add);
    return root.toPrettyString() + "\n";
  }

  private static void byteLevel(ObjectNode node) {
    node.put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", false);
  }

  /** Greedy merging with incremental pair counts. */
  private static final class MergeLearner {

    private record Candidate(long pair, long count) {}

    private static final class Word {
      private int[] symbols;
      private final long count;

      Word(int[] symbols, long count) {
        this.symbols = symbols;
        this.count = count;
      }
    }

    private final List<Word> words;
    private final Map<Long, long[]> counts = new HashMap<>();
    private final Map<Long, Set<Integer>> places = new HashMap<>();
    private final PriorityQueue<Candidate> queue =
        new PriorityQueue<>(
            (a, b) ->
                a.count() != b.count()
                    ? Long.compare(b.count(), a.count())
                    : Long.compare(a.pair(), b.pair()));
    private final List<String> tokens;
    private final Map<String, Integer> ids = new HashMap<>();

    MergeLearner(List<Word> words, List<String> tokens) {
      this.words = words;
      this.tokens = tokens;
      for (int id = 0; id < tokens.size(); id++) {
        ids.put(tokens.get(id), id);
      }
      for (int index = 0; index < words.size(); index++) {
        count(index, 1, null);
      }
      counts.forEach((pair, count) -> queue.add(new Candidate(pair, count[0])));
    }

    /**
     * Merges until {@code tokens} holds {@code size} entries; returns the merges as "left right".
     */
    List<String> learn(int size) {
      List<String> learned = new ArrayList<>();
      while (tokens.size() < size && !queue.isEmpty()) {
        Candidate best = queue.poll();
        long[] current = counts.get(best.pair());
        if (current == null || current[0] <= 0) {
          continue;
        }
        if (current[0] != best.count()) {
          queue.add(new Candidate(best.pair(), current[0]));
          continue;
        }
        int left = (int) (best.pair() >>> 32);
        int right = (int) best.pair();
        learned.add(tokens.get(left) + " " + tokens.get(right));
        merge(best.pair(), left, right, idOf(tokens.get(left) + tokens.get(right)));
      }
      return learned;
    }

    /** Two different pairs can spell the same token; it keeps one id. */
    private int idOf(String token) {
      Integer known = ids.get(token);
      if (known != null) {
        return known;
      }
      ids.put(token, tokens.size());
      tokens.add(token);
      return tokens.size() - 1;
    }

    private void merge(long pair, int left, int right, int merged) {
      Set<Long> touched = new HashSet<>();
      for (int index : new ArrayList<>(places.getOrDefault(pair, Set.of()))) {
        Word word = words.get(index);
        count(index, -1, null);
        word.symbols = replace(word.symbols, left, right, merged);
        count(index, 1, touched);
      }
      counts.remove(pair);
      places.remove(pair);
      for (long changed : touched) {
        long[] count = counts.get(changed);
        if (count != null) {
          queue.add(new Candidate(changed, count[0]));
        }
      }
    }

    private void count(int index, int sign, @org.jspecify.annotations.Nullable Set<Long> touched) {
      Word word = words.get(index);
      for (int i = 0; i + 1 < word.symbols.length; i++) {
        long pair = ((long) word.symbols[i] << 32) | word.symbols[i + 1];
        counts.computeIfAbsent(pair, key -> new long[1])[0] += sign * word.count;
        if (sign > 0) {
          places.computeIfAbsent(pair, key -> new HashSet<>()).add(index);
        }
        if (touched != null) {
          touched.add(pair);
        }
      }
    }

    private static int[] replace(int[] symbols, int left, int right, int merged) {
      int[] target = new int[symbols.length];
      int length = 0;
      for (int i = 0; i < symbols.length; i++) {
        if (i + 1 < symbols.length && symbols[i] == left && symbols[i + 1] == right) {
          target[length++] = merged;
          i++;
        } else {
          target[length++] = symbols[i];
        }
      }
      return Arrays.copyOf(target, length);
    }
  }
}
