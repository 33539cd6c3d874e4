/** The topics that the stage listens to and the worker that carries runs out. */
@NullMarked
package dev.migaki.training.messaging;

import org.jspecify.annotations.NullMarked;
