/** The distribution as its users meet it: real processes, real files, real signals. */
@NullMarked
package dev.penstock.cli.end;

import org.jspecify.annotations.NullMarked;
