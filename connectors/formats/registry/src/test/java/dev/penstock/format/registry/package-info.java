@NullMarked
package dev.penstock.format.registry;

import org.jspecify.annotations.NullMarked;
