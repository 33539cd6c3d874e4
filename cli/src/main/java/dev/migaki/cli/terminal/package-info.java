/** What a person sees: widths, bars, tables, and lines that are drawn again. */
@NullMarked
package dev.migaki.cli.terminal;

import org.jspecify.annotations.NullMarked;
