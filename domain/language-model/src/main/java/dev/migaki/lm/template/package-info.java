/** The part of Jinja2 that chat templates are written in. */
@NullMarked
package dev.migaki.lm.template;

import org.jspecify.annotations.NullMarked;
