/** Reference connectors that are changed inside. */
@NullMarked
package dev.penstock.conformance.reference;

import org.jspecify.annotations.NullMarked;
