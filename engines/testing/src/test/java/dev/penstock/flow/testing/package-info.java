@NullMarked
package dev.penstock.flow.testing;

import org.jspecify.annotations.NullMarked;
