/** Answers of a model on this machine, made in a child JVM with libtorch. */
@NullMarked
package dev.migaki.eval.outbound.local;

import org.jspecify.annotations.NullMarked;
