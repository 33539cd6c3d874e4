/** Pairs that a larger model proposes for passages, and the evidence without which none is kept. */
@NullMarked
package dev.migaki.datasets.teacher;

import org.jspecify.annotations.NullMarked;
