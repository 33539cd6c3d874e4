/** OpenAI's chat JSONL: written, read and validated with the well-known error names. */
@NullMarked
package dev.migaki.datasets.jsonl;

import org.jspecify.annotations.NullMarked;
