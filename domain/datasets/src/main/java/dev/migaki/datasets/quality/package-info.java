/** Decides which examples are worth training on, and says why the others are not. */
@NullMarked
package dev.migaki.datasets.quality;

import org.jspecify.annotations.NullMarked;
