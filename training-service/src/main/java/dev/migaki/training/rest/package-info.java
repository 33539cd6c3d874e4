/** Runs over HTTP. */
@NullMarked
package dev.migaki.training.rest;

import org.jspecify.annotations.NullMarked;
