/** The demonstration: a company's documents in, a better model out, and every promise checked. */
@NullMarked
package dev.migaki.cli.demo;

import org.jspecify.annotations.NullMarked;
