/** Folding, shingles, MinHash and near-duplicate search over text. */
@NullMarked
package dev.migaki.datasets.similarity;

import org.jspecify.annotations.NullMarked;
