package dev.migaki.cleansing.spelling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.lucene.analysis.ja.dict.BinaryDictionary;
import org.apache.lucene.analysis.ja.dict.CharacterDefinition;
import org.apache.lucene.analysis.ja.dict.ConnectionCosts;
import org.apache.lucene.analysis.ja.dict.TokenInfoDictionary;
import org.apache.lucene.analysis.ja.dict.TokenInfoFST;
import org.apache.lucene.analysis.ja.dict.UnknownDictionary;
import org.apache.lucene.util.IntsRef;
import org.apache.lucene.util.fst.FST;

/**
 * How well a short Japanese text reads as a sequence of morphemes: the cost of the best path
 * through the lattice of all words that the dictionary (IPADIC) knows in it, as the morphological
 * analyser finds it but does not tell. Of two spellings of one phrase the right one is cheaper, as
 * a rule by thousands.
 *
 * <p>Costs are IPADIC's: negative logarithms of probabilities times some 700, for words and for
 * pairs of neighbours. Not thread-safe.
 */
final class MorphemeLattice {

  private static final int LONGEST_UNKNOWN = 24;
  private static final int UNREACHED = Integer.MAX_VALUE;

  private final TokenInfoDictionary words = TokenInfoDictionary.getInstance();
  private final UnknownDictionary unknown = UnknownDictionary.getInstance();
  private final CharacterDefinition classes = unknown.getCharacterDefinition();
  private final ConnectionCosts connections = ConnectionCosts.getInstance();
  private final TokenInfoFST fst = words.getFST();
  private final FST.BytesReader reader = fst.getBytesReader();
  private final FST.Arc<Long> arc = new FST.Arc<>();
  private final IntsRef ids = new IntsRef();

  /** Nodes in the order of their ends' discovery: linked lists, one for each position. */
  private int[] rightIds = new int[256];

  private int[] costs = new int[256];
  private int[] next = new int[256];
  private int[] lastAt = new int[64];
  private int nodes;

  /** The cost of the best path from the beginning of the text to its end. */
  int cost(String text) {
    char[] chars = text.toCharArray();
    lastAt = lastAt.length > chars.length ? lastAt : new int[chars.length + 64];
    Arrays.fill(lastAt, 0, chars.length + 1, -1);
    nodes = 0;
    add(0, 0, 0);
    try {
      for (int at = 0; at < chars.length; at++) {
        if (lastAt[at] >= 0) {
          boolean known = knownWords(chars, at);
          unknownWords(chars, at, known);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return best(chars.length, 0);
  }

  private boolean knownWords(char[] chars, int at) throws IOException {
    fst.getFirstArc(arc);
    int output = 0;
    boolean found = false;
    for (int i = at; i < chars.length; i++) {
      if (fst.findTargetArc(chars[i], arc, arc, i == at, reader) == null) {
        break;
      }
      output += arc.output().intValue();
      if (arc.isFinal()) {
        words.lookupWordIds(output + arc.nextFinalOutput().intValue(), ids);
        addAll(words, at, i + 1);
        found = true;
      }
    }
    return found;
  }

  /** As the analyser guesses: a character, or all that follow of its class. */
  private void unknownWords(char[] chars, int at, boolean known) {
    if (known && !classes.isInvoke(chars[at])) {
      return;
    }
    int characterClass = classes.getCharacterClass(chars[at]);
    int end = at + 1;
    if (classes.isGroup(chars[at])) {
      while (end < chars.length
          && end - at < LONGEST_UNKNOWN
          && classes.getCharacterClass(chars[end]) == characterClass) {
        end++;
      }
    }
    unknown.lookupWordIds(characterClass, ids);
    addAll(unknown, at, end);
  }

  private void addAll(BinaryDictionary dictionary, int start, int end) {
    for (int i = 0; i < ids.length; i++) {
      int word = ids.ints[ids.offset + i];
      int before = best(start, dictionary.getLeftId(word));
      add(end, dictionary.getRightId(word), before + dictionary.getWordCost(word));
    }
  }

  private int best(int at, int leftId) {
    int best = UNREACHED;
    for (int node = lastAt[at]; node >= 0; node = next[node]) {
      best = Math.min(best, costs[node] + connections.get(rightIds[node], leftId));
    }
    return best;
  }

  private void add(int end, int rightId, int cost) {
    if (nodes == costs.length) {
      rightIds = Arrays.copyOf(rightIds, 2 * nodes);
      costs = Arrays.copyOf(costs, 2 * nodes);
      next = Arrays.copyOf(next, 2 * nodes);
    }
    rightIds[nodes] = rightId;
    costs[nodes] = cost;
    next[nodes] = lastAt[end];
    lastAt[end] = nodes++;
  }
}
