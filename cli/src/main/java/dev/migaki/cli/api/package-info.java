/** Client of the stack's one address: OpenAI surface and Migaki's own resources. */
@NullMarked
package dev.migaki.cli.api;

import org.jspecify.annotations.NullMarked;
