/** The parser in a process of its own. */
@NullMarked
package dev.migaki.ingest.outbound.parser;

import org.jspecify.annotations.NullMarked;
