/** Tests of standard error. */
@NullMarked
package dev.penstock.cli.log;

import org.jspecify.annotations.NullMarked;
