/** Measures this module on labelled data; not part of the build's tests. */
@NullMarked
package dev.migaki.cleansing.figures;

import org.jspecify.annotations.NullMarked;
