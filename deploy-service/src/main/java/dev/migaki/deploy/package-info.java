/** Stage 5: passing verdicts in, OpenAI-compatible endpoint out. */
@NullMarked
package dev.migaki.deploy;

import org.jspecify.annotations.NullMarked;
