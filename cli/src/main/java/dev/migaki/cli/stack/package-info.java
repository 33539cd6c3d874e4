/**
 * The whole pipeline on one machine: broker, database, five services, one address, all supervised.
 */
@NullMarked
package dev.migaki.cli.stack;

import org.jspecify.annotations.NullMarked;
