/** Settings of the stage. */
@NullMarked
package dev.migaki.deploy.config;

import org.jspecify.annotations.NullMarked;
