/** Takes raw text to text that may be trained on: repaired, identified, free of personal data. */
@NullMarked
package dev.migaki.cleansing;

import org.jspecify.annotations.NullMarked;
