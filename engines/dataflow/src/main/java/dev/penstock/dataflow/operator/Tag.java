package dev.penstock.dataflow.operator;

/**
 * What stands before a value that has parts, beside the tags of {@link ScalarKind}, {@link CollectionKind} and
 * {@link MapKind}. They never change.
 */
final class Tag {
    static final byte NULL = 0;

    /** The first of those behind the tags of scalars. */
    static final byte FIRST = 64;

    /** A class and the name of a constant. */
    static final byte ENUM = 64;
    /** A class, the names of its components, and their values. */
    static final byte RECORD = 65;
    /** A byte that is 1 if there is a value, and the value. */
    static final byte OPTIONAL = 66;
    /** Two values. */
    static final byte ENTRY = 67;
    /** A row of named and typed columns. */
    static final byte ROW = 68;

    private Tag() {}
}
