/** Stage 3: sealed dataset versions in, quoted and trained models out. */
@NullMarked
package dev.migaki.training;

import org.jspecify.annotations.NullMarked;
