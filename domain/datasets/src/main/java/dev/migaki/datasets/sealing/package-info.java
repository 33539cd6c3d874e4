/** Turns the examples of all documents into one immutable, leak-free dataset version. */
@NullMarked
package dev.migaki.datasets.sealing;

import org.jspecify.annotations.NullMarked;
