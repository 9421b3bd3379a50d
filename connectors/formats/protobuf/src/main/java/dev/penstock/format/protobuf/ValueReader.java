package dev.penstock.format.protobuf;

/** Reads one value, whose tag was read, into a column. */
@FunctionalInterface
interface ValueReader {
    void read(ProtoInput in);
}
