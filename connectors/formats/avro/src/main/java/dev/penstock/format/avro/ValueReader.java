package dev.penstock.format.avro;

import dev.penstock.format.registry.AvroInput;

/** Reads one value: into a column, into text, or over it. */
@FunctionalInterface
interface ValueReader {
    void read(AvroInput in);
}
