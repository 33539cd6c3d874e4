/** Models behind OpenAI-compatible endpoints. */
@NullMarked
package dev.migaki.cleanse.outbound.chat;

import org.jspecify.annotations.NullMarked;
