/** Other ways to ask the same question, and questions that no document answers. */
@NullMarked
package dev.migaki.datasets.augmentation;

import org.jspecify.annotations.NullMarked;
