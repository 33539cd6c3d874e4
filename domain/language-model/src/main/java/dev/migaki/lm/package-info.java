/** A Llama-family language model on libtorch: load it, ask it, tune it. */
@NullMarked
package dev.migaki.lm;

import org.jspecify.annotations.NullMarked;
