@NullMarked
package dev.penstock.examples.sensors;

import org.jspecify.annotations.NullMarked;
