/** Claim-check storage: bytes go in, a reference that proves them comes out. */
@NullMarked
package dev.migaki.platform.artifacts;

import org.jspecify.annotations.NullMarked;
