/** The penstock command and the distribution. */
@NullMarked
package dev.penstock.cli;

import org.jspecify.annotations.NullMarked;
