/** The topic that the stage listens to. */
@NullMarked
package dev.migaki.deploy.messaging;

import org.jspecify.annotations.NullMarked;
