/** The Llama architecture's forward pass, its parameters and LoRA adapters. */
@NullMarked
package dev.migaki.lm.model;

import org.jspecify.annotations.NullMarked;
