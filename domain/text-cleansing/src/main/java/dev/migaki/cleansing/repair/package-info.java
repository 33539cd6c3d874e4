/** Repairs of damaged text that never change what it says. */
@NullMarked
package dev.migaki.cleansing.repair;

import org.jspecify.annotations.NullMarked;
