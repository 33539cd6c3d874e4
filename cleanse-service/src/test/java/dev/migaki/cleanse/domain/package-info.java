/** Tests of what cleansing decides. */
@NullMarked
package dev.migaki.cleanse.domain;

import org.jspecify.annotations.NullMarked;
