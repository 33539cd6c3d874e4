/** What an arrival is and what can become of it. */
@NullMarked
package dev.migaki.ingest.domain;

import org.jspecify.annotations.NullMarked;
