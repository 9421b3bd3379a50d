@NullMarked
package dev.penstock.examples.billion;

import org.jspecify.annotations.NullMarked;
