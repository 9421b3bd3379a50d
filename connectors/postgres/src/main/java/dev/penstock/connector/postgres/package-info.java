/**
 * Tables of PostgreSQL.
 *
 * <p>{@code Connection*} is how a server is reached, {@code *Type*} and {@code Value*} how values look there and here,
 * {@code Sink*} and {@code Staging*} how rows are written, {@code Query*} how queries are read.
 */
@NullMarked
package dev.penstock.connector.postgres;

import org.jspecify.annotations.NullMarked;
