@NullMarked
package dev.penstock.examples.shop;

import org.jspecify.annotations.NullMarked;
