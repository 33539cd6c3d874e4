/** Measures a running stack; see benchmarks. */
@NullMarked
package dev.migaki.cli.figures;

import org.jspecify.annotations.NullMarked;
