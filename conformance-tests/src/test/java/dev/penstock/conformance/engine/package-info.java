/** Tests of the engines that the kit brings. */
@NullMarked
package dev.penstock.conformance.engine;

import org.jspecify.annotations.NullMarked;
