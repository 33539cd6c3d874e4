/** The parser as a process of its own: its main program and what goes over its pipes. */
@NullMarked
package dev.migaki.documents.worker;

import org.jspecify.annotations.NullMarked;
