/** Least, mean and greatest temperature of each station in a file of a billion lines. */
@NullMarked
package dev.penstock.examples.billion;

import org.jspecify.annotations.NullMarked;
