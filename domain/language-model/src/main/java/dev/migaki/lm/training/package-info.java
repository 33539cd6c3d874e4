/** Everything that changes weights: data packing, loss, optimizer, schedule, resumable loops. */
@NullMarked
package dev.migaki.lm.training;

import org.jspecify.annotations.NullMarked;
