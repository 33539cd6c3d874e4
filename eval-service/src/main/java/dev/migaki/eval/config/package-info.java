/** Settings of the stage. */
@NullMarked
package dev.migaki.eval.config;

import org.jspecify.annotations.NullMarked;
