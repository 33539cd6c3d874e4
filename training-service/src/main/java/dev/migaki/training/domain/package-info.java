/** What a run is, what it may cost, when it is due; and the ports that a run needs. */
@NullMarked
package dev.migaki.training.domain;

import org.jspecify.annotations.NullMarked;
