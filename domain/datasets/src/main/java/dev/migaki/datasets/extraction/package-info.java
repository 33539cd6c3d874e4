/** Finds question and answer pairs that a parsed document already holds; invents no facts. */
@NullMarked
package dev.migaki.datasets.extraction;

import org.jspecify.annotations.NullMarked;
