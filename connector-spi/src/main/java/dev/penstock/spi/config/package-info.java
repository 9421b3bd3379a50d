/** Settings: what a connector declares, how they are checked all at once, and how it reads them. */
@NullMarked
package dev.penstock.spi.config;

import org.jspecify.annotations.NullMarked;
