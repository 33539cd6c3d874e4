/** The parsed document: what every reader produces and every later stage works on. */
@NullMarked
package dev.migaki.documents;

import org.jspecify.annotations.NullMarked;
