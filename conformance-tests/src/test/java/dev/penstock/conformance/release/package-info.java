/** Tests of what is compared between releases. */
@NullMarked
package dev.penstock.conformance.release;

import org.jspecify.annotations.NullMarked;
