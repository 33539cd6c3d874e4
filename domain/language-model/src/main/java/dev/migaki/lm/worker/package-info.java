/**
 * Programs that services start as child JVMs; the only place here that knows clocks and process
 * exit.
 */
@NullMarked
package dev.migaki.lm.worker;

import org.jspecify.annotations.NullMarked;
