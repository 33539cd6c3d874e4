/** A stage made for the tests of the runtime: it fails on demand and counts its effects. */
@NullMarked
package dev.migaki.platform.testing.harness;

import org.jspecify.annotations.NullMarked;
