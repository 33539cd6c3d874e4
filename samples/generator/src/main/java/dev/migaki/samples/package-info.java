/**
 * Writes the fictional company's documents, and the list of what was planted in them, from one
 * source of truth.
 */
@NullMarked
package dev.migaki.samples;

import org.jspecify.annotations.NullMarked;
