/** Parsing, redaction and extraction on files or lines, without a stack. */
@NullMarked
package dev.migaki.cli.dryrun;

import org.jspecify.annotations.NullMarked;
