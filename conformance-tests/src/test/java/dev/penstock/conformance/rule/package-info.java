/** Tests of how rules are run. */
@NullMarked
package dev.penstock.conformance.rule;

import org.jspecify.annotations.NullMarked;
