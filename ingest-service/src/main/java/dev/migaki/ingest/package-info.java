/** Stage 1: any bytes in; identified, parsed and deduplicated documents out. */
@NullMarked
package dev.migaki.ingest;

import org.jspecify.annotations.NullMarked;
