/** What is shipped of a connector: its jar, what it brings along, and loaders that see no more than that. */
@NullMarked
package dev.penstock.conformance.packaging;

import org.jspecify.annotations.NullMarked;
