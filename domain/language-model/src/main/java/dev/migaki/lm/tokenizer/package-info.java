/**
 * Byte-level BPE: learns a vocabulary, encodes text, decodes tokens without breaking characters.
 */
@NullMarked
package dev.migaki.lm.tokenizer;

import org.jspecify.annotations.NullMarked;
