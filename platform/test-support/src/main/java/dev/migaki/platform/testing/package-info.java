/**
 * What the tests of every stage share: a real broker and database, probes, fakes, fixtures and
 * contract tests.
 */
@NullMarked
package dev.migaki.platform.testing;

import org.jspecify.annotations.NullMarked;
