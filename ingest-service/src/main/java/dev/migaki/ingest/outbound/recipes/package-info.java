/** What recipe files say about documents. */
@NullMarked
package dev.migaki.ingest.outbound.recipes;

import org.jspecify.annotations.NullMarked;
