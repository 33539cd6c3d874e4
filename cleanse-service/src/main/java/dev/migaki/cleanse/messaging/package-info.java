/** Where events come in, and the worker that seals versions. */
@NullMarked
package dev.migaki.cleanse.messaging;

import org.jspecify.annotations.NullMarked;
