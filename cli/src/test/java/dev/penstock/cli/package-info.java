/** Tests of the command, the distribution, and how the whole is built. */
@NullMarked
package dev.penstock.cli;

import org.jspecify.annotations.NullMarked;
