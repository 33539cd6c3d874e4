/** What is asked of a model, how its answers are summed up, and the page that shows it. */
@NullMarked
package dev.migaki.eval.domain;

import org.jspecify.annotations.NullMarked;
