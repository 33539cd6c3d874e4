/**
 * Builds the corpus of the quick-start base model and pre-trains it: same seed and input, same
 * bytes.
 */
@NullMarked
package dev.migaki.pretraining;

import org.jspecify.annotations.NullMarked;
