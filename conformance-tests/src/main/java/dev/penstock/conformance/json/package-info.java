/** Reading JSON into maps and lists. */
@NullMarked
package dev.penstock.conformance.json;

import org.jspecify.annotations.NullMarked;
