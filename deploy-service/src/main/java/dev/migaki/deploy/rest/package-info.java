/** The OpenAI endpoint, and the registry over HTTP. */
@NullMarked
package dev.migaki.deploy.rest;

import org.jspecify.annotations.NullMarked;
