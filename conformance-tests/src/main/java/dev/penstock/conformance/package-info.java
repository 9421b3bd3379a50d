/** What an author of a connector meets: the fixture to write, and the test class that runs every rule with it. */
@NullMarked
package dev.penstock.conformance;

import org.jspecify.annotations.NullMarked;
