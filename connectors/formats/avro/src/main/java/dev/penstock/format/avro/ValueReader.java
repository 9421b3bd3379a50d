package dev.penstock.format.avro;

/** Reads one value: into a column, into text, or over it. */
@FunctionalInterface
interface ValueReader {
    void read(AvroInput in);
}
