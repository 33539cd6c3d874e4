/** The whole pipeline as a user starts it, fed, watched and broken on purpose. */
@NullMarked
package dev.migaki.qa.e2e;

import org.jspecify.annotations.NullMarked;
