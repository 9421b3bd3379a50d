/** Brokers that ask who is there, and certificates for them. */
@NullMarked
package dev.penstock.connector.kafka.security;

import org.jspecify.annotations.NullMarked;
