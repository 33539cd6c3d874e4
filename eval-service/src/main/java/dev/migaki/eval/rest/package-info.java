/** Evaluations over HTTP. */
@NullMarked
package dev.migaki.eval.rest;

import org.jspecify.annotations.NullMarked;
