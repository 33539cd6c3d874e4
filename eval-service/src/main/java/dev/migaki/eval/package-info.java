/** Stage 4: trained models in, scorecards and verdicts out. */
@NullMarked
package dev.migaki.eval;

import org.jspecify.annotations.NullMarked;
