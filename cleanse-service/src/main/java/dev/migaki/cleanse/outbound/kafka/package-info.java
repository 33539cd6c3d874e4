/** What is still on its way through the topics in front of this stage. */
@NullMarked
package dev.migaki.cleanse.outbound.kafka;

import org.jspecify.annotations.NullMarked;
