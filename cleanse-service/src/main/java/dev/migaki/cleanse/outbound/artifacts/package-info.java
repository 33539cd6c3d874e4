/** Examples and dataset versions in the artifact store. */
@NullMarked
package dev.migaki.cleanse.outbound.artifacts;

import org.jspecify.annotations.NullMarked;
