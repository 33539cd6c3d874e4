/** The topic that the stage listens to and the worker that carries evaluations out. */
@NullMarked
package dev.migaki.eval.messaging;

import org.jspecify.annotations.NullMarked;
