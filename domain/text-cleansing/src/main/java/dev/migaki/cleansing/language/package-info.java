/** Tells which language a text is written in. */
@NullMarked
package dev.migaki.cleansing.language;

import org.jspecify.annotations.NullMarked;
