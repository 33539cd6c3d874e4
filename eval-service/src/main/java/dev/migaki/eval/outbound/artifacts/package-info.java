/** Versions and models read from, scorecards and reports written to the artifact store. */
@NullMarked
package dev.migaki.eval.outbound.artifacts;

import org.jspecify.annotations.NullMarked;
