/** Takes private data out of parsed documents block by block, and checks what is made from them. */
@NullMarked
package dev.migaki.datasets.cleansing;

import org.jspecify.annotations.NullMarked;
