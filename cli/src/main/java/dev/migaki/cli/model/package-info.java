/** Models without the stack: what {@code migaki model} prints and runs. */
@NullMarked
package dev.migaki.cli.model;

import org.jspecify.annotations.NullMarked;
