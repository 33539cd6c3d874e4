/**
 * A real Kafka broker and a real PostgreSQL as child processes: no containers, one machine, data
 * kept between runs.
 */
@NullMarked
package dev.migaki.platform.localstack;

import org.jspecify.annotations.NullMarked;
