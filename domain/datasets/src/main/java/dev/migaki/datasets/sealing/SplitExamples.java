package dev.migaki.datasets.sealing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset divided.
 *
 * @param originals what is trained as it was found, the best first
 * @param train originals, variations and declines, by id
 * @param factOf fact of each candidate by its rank; null for one without
 */
record SplitExamples(
    List<Candidate> originals,
    TrainingLines train,
    List<HeldOutQuestion> validation,
    List<HeldOutQuestion> test,
    List<HeldOutQuestion> edge,
    List<HeldOutQuestion> unanswerable,
    @Nullable Fact[] factOf,
    int facts) {}
