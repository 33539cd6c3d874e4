/** Second readers for personal data behind HTTP: what to ask them and what their answers mean. */
@NullMarked
package dev.migaki.datasets.remote;

import org.jspecify.annotations.NullMarked;
