/** Examples made from documents, and the words that describe a dataset version. */
@NullMarked
package dev.migaki.datasets;

import org.jspecify.annotations.NullMarked;
