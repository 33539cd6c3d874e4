/** What goes over the parser's pipes. */
@NullMarked
package dev.migaki.documents.worker;

import org.jspecify.annotations.NullMarked;
