/** Tests of the ingest stage on a real broker and a real database. */
@NullMarked
package dev.migaki.ingest;

import org.jspecify.annotations.NullMarked;
