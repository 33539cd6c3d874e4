/** Recipes read from YAML files. */
@NullMarked
package dev.migaki.cleanse.outbound.recipes;

import org.jspecify.annotations.NullMarked;
