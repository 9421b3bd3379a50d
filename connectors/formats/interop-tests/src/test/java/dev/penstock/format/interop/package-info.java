@NullMarked
package dev.penstock.format.interop;

import org.jspecify.annotations.NullMarked;
