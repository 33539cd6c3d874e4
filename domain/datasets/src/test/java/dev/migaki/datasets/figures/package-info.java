/** Measures extraction and duplicates on data that lies outside the project; see benchmarks. */
@NullMarked
package dev.migaki.datasets.figures;

import org.jspecify.annotations.NullMarked;
