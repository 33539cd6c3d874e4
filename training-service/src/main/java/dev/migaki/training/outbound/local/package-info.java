/** Training on this machine, in a child JVM with libtorch. */
@NullMarked
package dev.migaki.training.outbound.local;

import org.jspecify.annotations.NullMarked;
