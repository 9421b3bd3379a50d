@NullMarked
package dev.penstock.spi.config;

import org.jspecify.annotations.NullMarked;
