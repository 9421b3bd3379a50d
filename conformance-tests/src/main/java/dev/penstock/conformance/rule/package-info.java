/** What a rule is, what it is given to try, and how it says that it was broken. */
@NullMarked
package dev.penstock.conformance.rule;

import org.jspecify.annotations.NullMarked;
