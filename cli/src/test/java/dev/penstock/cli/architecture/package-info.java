/** The rules of the architecture page, as tests that say how to mend what breaks them. */
@NullMarked
package dev.penstock.cli.architecture;

import org.jspecify.annotations.NullMarked;
