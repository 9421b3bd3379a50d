/** How records are taken apart into columns and put together: what formats are made of. */
@NullMarked
package dev.penstock.spi.format;

import org.jspecify.annotations.NullMarked;
