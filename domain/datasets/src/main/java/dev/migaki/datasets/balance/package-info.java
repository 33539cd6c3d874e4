/** Measures how evenly a dataset covers its sources, topics and kinds of question. */
@NullMarked
package dev.migaki.datasets.balance;

import org.jspecify.annotations.NullMarked;
