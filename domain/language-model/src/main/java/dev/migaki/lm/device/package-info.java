/** Where tensors live: in main memory or in that of a graphics processor. */
@NullMarked
package dev.migaki.lm.device;

import org.jspecify.annotations.NullMarked;
