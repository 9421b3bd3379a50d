/** The contract between connectors and engines. */
@NullMarked
package dev.penstock.spi;

import org.jspecify.annotations.NullMarked;
