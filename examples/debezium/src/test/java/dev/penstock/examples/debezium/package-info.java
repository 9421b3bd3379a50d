@NullMarked
package dev.penstock.examples.debezium;

import org.jspecify.annotations.NullMarked;
