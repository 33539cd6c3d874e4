package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;
import java.util.List;
import java.util.Map;

/**
 * A dataset divided.
 *
 * @param train originals, variations and declines, by id
 * @param groups example id to fact id, for what has one
 */
record SplitExamples(
    List<Example> train,
    List<HeldOutQuestion> validation,
    List<HeldOutQuestion> test,
    List<HeldOutQuestion> edge,
    List<HeldOutQuestion> unanswerable,
    Map<String, String> groups,
    int facts) {}
