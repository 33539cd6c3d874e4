/** Upload, and what happened to each document. */
@NullMarked
package dev.migaki.ingest.rest;

import org.jspecify.annotations.NullMarked;
