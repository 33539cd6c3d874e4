/**
 * Scores for generated answers, the intervals around them, and the gate that turns them into a
 * verdict.
 */
@NullMarked
package dev.migaki.metrics;

import org.jspecify.annotations.NullMarked;
