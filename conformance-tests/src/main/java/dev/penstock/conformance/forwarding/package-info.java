/** Parts of a connector that pass every call on: the base of those that watch, trip or change one thing. */
@NullMarked
package dev.penstock.conformance.forwarding;

import org.jspecify.annotations.NullMarked;
