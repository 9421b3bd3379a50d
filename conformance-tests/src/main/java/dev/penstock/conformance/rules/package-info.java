/** The rules themselves, a class for each group. */
@NullMarked
package dev.penstock.conformance.rules;

import org.jspecify.annotations.NullMarked;
