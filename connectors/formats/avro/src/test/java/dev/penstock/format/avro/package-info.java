@NullMarked
package dev.penstock.format.avro;

import org.jspecify.annotations.NullMarked;
