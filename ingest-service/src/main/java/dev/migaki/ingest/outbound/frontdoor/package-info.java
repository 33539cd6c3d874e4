/** Puts uploaded documents on the ingest topic. */
@NullMarked
package dev.migaki.ingest.outbound.frontdoor;

import org.jspecify.annotations.NullMarked;
