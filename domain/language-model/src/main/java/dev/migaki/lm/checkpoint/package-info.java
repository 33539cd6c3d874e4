/** Files of the Hugging Face layout: safetensors, config.json and atomic writes. */
@NullMarked
package dev.migaki.lm.checkpoint;

import org.jspecify.annotations.NullMarked;
