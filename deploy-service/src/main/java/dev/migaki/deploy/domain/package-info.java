/** Which model answers for a name, and what answering means. */
@NullMarked
package dev.migaki.deploy.domain;

import org.jspecify.annotations.NullMarked;
