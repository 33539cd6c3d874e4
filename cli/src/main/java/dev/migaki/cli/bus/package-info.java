/** The command line's end of the bus: documents in, events out. */
@NullMarked
package dev.migaki.cli.bus;

import org.jspecify.annotations.NullMarked;
