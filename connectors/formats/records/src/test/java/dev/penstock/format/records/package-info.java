@NullMarked
package dev.penstock.format.records;

import org.jspecify.annotations.NullMarked;
