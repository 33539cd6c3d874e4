/** Recipes read from YAML files. */
@NullMarked
package dev.migaki.training.outbound.recipes;

import org.jspecify.annotations.NullMarked;
