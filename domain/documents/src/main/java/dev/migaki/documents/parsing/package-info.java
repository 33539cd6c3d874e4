/** Readers by format: from the bytes of any file to a parsed document or a reason why not. */
@NullMarked
package dev.migaki.documents.parsing;

import org.jspecify.annotations.NullMarked;
