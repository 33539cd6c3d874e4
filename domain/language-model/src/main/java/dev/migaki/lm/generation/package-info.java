/** Decoding with a key/value cache, greedy or sampled, streamed without broken characters. */
@NullMarked
package dev.migaki.lm.generation;

import org.jspecify.annotations.NullMarked;
