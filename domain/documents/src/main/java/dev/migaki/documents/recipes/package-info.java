/** What a recipe says about documents: their bounds and their tables. */
@NullMarked
package dev.migaki.documents.recipes;

import org.jspecify.annotations.NullMarked;
