/** Keeps in nameless temporary files what would not fit on the heap. */
@NullMarked
package dev.migaki.datasets.spill;

import org.jspecify.annotations.NullMarked;
