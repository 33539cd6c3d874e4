/** Settings of the cleanse stage. */
@NullMarked
package dev.migaki.cleanse.config;

import org.jspecify.annotations.NullMarked;
