/** Readers against small files made in code. */
@NullMarked
package dev.migaki.documents.parsing;

import org.jspecify.annotations.NullMarked;
