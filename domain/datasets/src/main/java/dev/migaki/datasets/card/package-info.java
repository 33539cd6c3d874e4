/** The data card: what a dataset version holds and what was taken out of it, for people. */
@NullMarked
package dev.migaki.datasets.card;

import org.jspecify.annotations.NullMarked;
