package dev.migaki.cleansing.recognition;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds all occurrences of a fixed set of keywords in one pass over the text.
 *
 * <p>Thousands of cue words, secret prefixes and tenant terms cost the same single pass; the root
 * node is a table because nearly every character of ordinary text falls back to it, in pages of 256
 * characters because a document's few terms are compiled again and again. Source: Aho and Corasick,
 * "Efficient string matching", CACM 18(6), 1975.
 */
public final class KeywordMatcher {

  /** Receives each occurrence; {@code keyword} is the index in the list given to {@link #of}. */
  @FunctionalInterface
  public interface Hit {
    void at(int start, int end, int keyword);
  }

  private static final int ROOT = 0;

  private static final int PAGE = 256;
  private static final int[] EMPTY_PAGE = new int[PAGE];

  private final int[][] rootTargets = new int[(Character.MAX_VALUE + 1) / PAGE][];
  private final char[][] labels;
  private final int[][] targets;
  private final int[] fail;
  private final int[] keywordAt;
  private final int[] outputLink;
  private final int[] keywordLength;

  private KeywordMatcher(List<TreeMap<Character, Integer>> trie, int[] keywordAt, int[] lengths) {
    int nodes = trie.size();
    this.labels = new char[nodes][];
    this.targets = new int[nodes][];
    this.fail = new int[nodes];
    this.outputLink = new int[nodes];
    this.keywordAt = keywordAt;
    this.keywordLength = lengths;
    Arrays.fill(outputLink, -1);
    Arrays.fill(rootTargets, EMPTY_PAGE);
    for (int node = 0; node < nodes; node++) {
      Map<Character, Integer> edges = trie.get(node);
      labels[node] = new char[edges.size()];
      targets[node] = new int[edges.size()];
      int edge = 0;
      for (Map.Entry<Character, Integer> entry : edges.entrySet()) {
        labels[node][edge] = entry.getKey();
        targets[node][edge] = entry.getValue();
        edge++;
      }
    }
    linkFailures();
  }

  /** Keywords match exactly as given; fold case and width of both sides beforehand. */
  public static KeywordMatcher of(List<String> keywords) {
    requireNonNull(keywords, "keywords");
    List<TreeMap<Character, Integer>> trie = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    trie.add(new TreeMap<>());
    ends.add(-1);
    int[] lengths = new int[keywords.size()];
    for (int keyword = 0; keyword < keywords.size(); keyword++) {
      String word = keywords.get(keyword);
      if (word.isEmpty()) {
        throw new IllegalArgumentException("keyword " + keyword + " is empty");
      }
      lengths[keyword] = word.length();
      int node = ROOT;
      for (int i = 0; i < word.length(); i++) {
        Integer next = trie.get(node).get(word.charAt(i));
        if (next == null) {
          next = trie.size();
          trie.get(node).put(word.charAt(i), next);
          trie.add(new TreeMap<>());
          ends.add(-1);
        }
        node = next;
      }
      if (ends.get(node) < 0) {
        ends.set(node, keyword);
      }
    }
    int[] keywordAt = ends.stream().mapToInt(Integer::intValue).toArray();
    return new KeywordMatcher(trie, keywordAt, lengths);
  }

  private void linkFailures() {
    Deque<Integer> queue = new ArrayDeque<>();
    for (int edge = 0; edge < labels[ROOT].length; edge++) {
      char label = labels[ROOT][edge];
      if (rootTargets[label / PAGE] == EMPTY_PAGE) {
        rootTargets[label / PAGE] = new int[PAGE];
      }
      rootTargets[label / PAGE][label % PAGE] = targets[ROOT][edge];
      queue.add(targets[ROOT][edge]);
    }
    while (!queue.isEmpty()) {
      int node = queue.remove();
      outputLink[node] = keywordAt[fail[node]] >= 0 ? fail[node] : outputLink[fail[node]];
      for (int edge = 0; edge < labels[node].length; edge++) {
        int child = targets[node][edge];
        fail[child] = step(fail[node], labels[node][edge]);
        queue.add(child);
      }
    }
  }

  private int step(int from, char symbol) {
    int node = from;
    while (node != ROOT) {
      int edge = Arrays.binarySearch(labels[node], symbol);
      if (edge >= 0) {
        return targets[node][edge];
      }
      node = fail[node];
    }
    return fromRoot(symbol);
  }

  private int fromRoot(char symbol) {
    return rootTargets[symbol / PAGE][symbol % PAGE];
  }

  /** Calls {@code hit} for every occurrence, overlapping ones included, by rising end. */
  public void scan(String text, Hit hit) {
    int node = ROOT;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char symbol = text.charAt(i);
      node = node == ROOT ? fromRoot(symbol) : step(node, symbol);
      if (node != ROOT) {
        for (int out = node; out > ROOT; out = outputLink[out]) {
          int keyword = keywordAt[out];
          if (keyword >= 0) {
            hit.at(i + 1 - keywordLength[keyword], i + 1, keyword);
          }
        }
      }
    }
  }
}
