/**
 * Runs a stage: every record is handled at least once and has its effect exactly once, whatever is
 * killed in between.
 */
@NullMarked
package dev.migaki.platform.stage;

import org.jspecify.annotations.NullMarked;
