/** The parsed document's own tests. */
@NullMarked
package dev.migaki.documents;

import org.jspecify.annotations.NullMarked;
