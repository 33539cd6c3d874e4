/** Settings of the ingest stage. */
@NullMarked
package dev.migaki.ingest.config;

import org.jspecify.annotations.NullMarked;
