/** What a model directory holds and what it would need, without loading it. */
@NullMarked
package dev.migaki.lm.inspection;

import org.jspecify.annotations.NullMarked;
