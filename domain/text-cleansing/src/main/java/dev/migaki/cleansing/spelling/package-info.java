/** Corrects well-known misspellings, one recorded edit at a time. */
@NullMarked
package dev.migaki.cleansing.spelling;

import org.jspecify.annotations.NullMarked;
