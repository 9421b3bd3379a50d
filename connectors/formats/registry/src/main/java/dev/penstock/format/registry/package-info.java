/** The client of a schema registry that speaks Confluent's API, and what formats with registered schemas share. */
@NullMarked
package dev.penstock.format.registry;

import org.jspecify.annotations.NullMarked;
