/** From parsed documents to a clean version: what the service does, and what a preview shows. */
@NullMarked
package dev.migaki.datasets.preparation;

import org.jspecify.annotations.NullMarked;
