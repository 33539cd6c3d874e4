/** The events on Migaki's bus: records, topics and their JSON form. */
@NullMarked
package dev.migaki.contracts;

import org.jspecify.annotations.NullMarked;
