/** JSON to and from services that are not ours. */
@NullMarked
package dev.migaki.platform.http;

import org.jspecify.annotations.NullMarked;
