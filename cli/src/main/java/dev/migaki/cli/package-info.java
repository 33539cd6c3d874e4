/**
 * The {@code migaki} command: one class per sub-command, each a thin shell around the packages
 * below.
 */
@NullMarked
package dev.migaki.cli;

import org.jspecify.annotations.NullMarked;
