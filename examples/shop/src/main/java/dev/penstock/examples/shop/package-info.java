/** A shop, followed into a lakehouse and a vector table while it is open. */
@NullMarked
package dev.penstock.examples.shop;

import org.jspecify.annotations.NullMarked;
