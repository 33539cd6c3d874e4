/** Compares with reference values of transformers, PEFT, tokenizers and Jinja. */
@NullMarked
package dev.migaki.lm.parity;

import org.jspecify.annotations.NullMarked;
