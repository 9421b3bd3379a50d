@NullMarked
package dev.penstock.spi.data;

import org.jspecify.annotations.NullMarked;
