/** The gate's limits, read from recipes. */
@NullMarked
package dev.migaki.eval.outbound.recipes;

import org.jspecify.annotations.NullMarked;
