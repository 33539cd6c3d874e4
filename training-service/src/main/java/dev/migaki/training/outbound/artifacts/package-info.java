/** Versions read from and models written to the artifact store. */
@NullMarked
package dev.migaki.training.outbound.artifacts;

import org.jspecify.annotations.NullMarked;
