@NullMarked
package dev.penstock.connector.kafka;

import org.jspecify.annotations.NullMarked;
