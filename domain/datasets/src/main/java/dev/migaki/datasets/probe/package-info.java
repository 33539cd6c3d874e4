/** Measures with invented private data how much of the real kind the cleanser removes. */
@NullMarked
package dev.migaki.datasets.probe;

import org.jspecify.annotations.NullMarked;
