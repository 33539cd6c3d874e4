/** Figures of the parser on a directory of real files. */
@NullMarked
package dev.migaki.documents.figures;

import org.jspecify.annotations.NullMarked;
