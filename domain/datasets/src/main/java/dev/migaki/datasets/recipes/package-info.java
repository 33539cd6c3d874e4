/** Reads the blocks of a recipe file that decide what becomes of documents. */
@NullMarked
package dev.migaki.datasets.recipes;

import org.jspecify.annotations.NullMarked;
