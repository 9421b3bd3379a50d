/** What a run of the rules has shown, for programs and for people. */
@NullMarked
package dev.penstock.conformance.report;

import org.jspecify.annotations.NullMarked;
