/** Recipe files: which one is a dataset's, and what its keys say. */
@NullMarked
package dev.migaki.recipes;

import org.jspecify.annotations.NullMarked;
