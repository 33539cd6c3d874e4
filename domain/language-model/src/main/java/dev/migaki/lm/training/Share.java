package dev.migaki.lm.training;

import java.util.List;

/**
 * What one lane does in one pass of a step.
 *
 * @param number pass times lanes plus lane; decides the dropout
 * @param lane who does it
 * @param examples at least one
 */
record Share<E extends TrainingExample>(int number, int lane, List<E> examples) {}
