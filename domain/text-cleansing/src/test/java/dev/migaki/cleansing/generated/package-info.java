/** Seeded generators of text with known personal data in it, and of text without any. */
@NullMarked
package dev.migaki.cleansing.generated;

import org.jspecify.annotations.NullMarked;
