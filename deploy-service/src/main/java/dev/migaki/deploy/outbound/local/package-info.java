/** Models of this machine, held in memory while they are asked. */
@NullMarked
package dev.migaki.deploy.outbound.local;

import org.jspecify.annotations.NullMarked;
