/** Second readers for personal data, over HTTP. */
@NullMarked
package dev.migaki.cleanse.outbound.recognizers;

import org.jspecify.annotations.NullMarked;
