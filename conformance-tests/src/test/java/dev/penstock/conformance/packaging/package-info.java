/** Tests of packing and loading. */
@NullMarked
package dev.penstock.conformance.packaging;

import org.jspecify.annotations.NullMarked;
