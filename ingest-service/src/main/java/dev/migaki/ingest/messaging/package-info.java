/** The front door: records of migaki.ingest. */
@NullMarked
package dev.migaki.ingest.messaging;

import org.jspecify.annotations.NullMarked;
