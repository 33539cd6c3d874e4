/** Versions, examples and contradictions over HTTP. */
@NullMarked
package dev.migaki.cleanse.rest;

import org.jspecify.annotations.NullMarked;
