/** What survives a crash: the recovery store and what is kept in it. */
@NullMarked
package dev.penstock.engine.embedded.store;

import org.jspecify.annotations.NullMarked;
