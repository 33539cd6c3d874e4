/** What the stage needs from outside, and the recipe it follows. */
@NullMarked
package dev.migaki.cleanse.domain;

import org.jspecify.annotations.NullMarked;
