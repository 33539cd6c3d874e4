/** What happened to a dataset, put together from the events of all stages. */
@NullMarked
package dev.migaki.cli.view;

import org.jspecify.annotations.NullMarked;
