/** Wire records and errors of the OpenAI API, as its clients read and write them. */
@NullMarked
package dev.migaki.platform.openai;

import org.jspecify.annotations.NullMarked;
