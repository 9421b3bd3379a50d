/** Tests of the kit itself. */
@NullMarked
package dev.penstock.conformance;

import org.jspecify.annotations.NullMarked;
