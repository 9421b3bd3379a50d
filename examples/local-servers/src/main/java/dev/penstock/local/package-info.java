/** Real servers as child processes of whoever needs one: a free port, a temporary directory, gone with its owner. */
@NullMarked
package dev.penstock.local;

import org.jspecify.annotations.NullMarked;
