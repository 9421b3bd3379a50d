/** A connector that keeps every rule, and the server that it talks to. */
@NullMarked
package dev.penstock.conformance.reference;

import org.jspecify.annotations.NullMarked;
