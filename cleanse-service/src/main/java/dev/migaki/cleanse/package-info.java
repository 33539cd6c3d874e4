/** Stage 2: parsed documents in, sealed dataset versions without private data out. */
@NullMarked
package dev.migaki.cleanse;

import org.jspecify.annotations.NullMarked;
