/** Settings of the stage. */
@NullMarked
package dev.migaki.training.config;

import org.jspecify.annotations.NullMarked;
