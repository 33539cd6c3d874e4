/** The layout of Migaki as rules, and proof that each rule still bites. */
@NullMarked
package dev.migaki.qa;

import org.jspecify.annotations.NullMarked;
