/** Finds personal data and secrets in text. */
@NullMarked
package dev.migaki.cleansing.recognition;

import org.jspecify.annotations.NullMarked;
