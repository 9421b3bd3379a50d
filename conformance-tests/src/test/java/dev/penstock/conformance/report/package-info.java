/** Tests of reports and badges. */
@NullMarked
package dev.penstock.conformance.report;

import org.jspecify.annotations.NullMarked;
