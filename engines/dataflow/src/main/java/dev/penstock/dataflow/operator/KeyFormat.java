package dev.penstock.dataflow.operator;

/**
 * The bytes of keys: for each column a tag and what it needs. Values that are equal have equal bytes, whatever the width
 * of their column, so that inputs can be joined. What stands here never changes.
 */
final class KeyFormat {
    static final byte NULL = 0;
    static final byte BOOLEAN = 1;
    /** All whole numbers: eight bytes. */
    static final byte INTEGER = 2;
    /** Both floats: the eight bytes of the double, with one zero and one NaN. */
    static final byte FLOAT = 3;
    /** Strings and json: a length and UTF-8. */
    static final byte TEXT = 4;
    /** A length and the bytes. */
    static final byte BYTES = 5;
    /** Days since 1970: eight bytes. */
    static final byte DATE = 6;
    /** Microseconds of the day: eight bytes. */
    static final byte TIME = 7;
    /** On the time line: microseconds since 1970 in eight bytes and what is left of nanoseconds in two. */
    static final byte TIMESTAMP = 8;
    /** As {@link #TIMESTAMP}, without a zone. */
    static final byte LOCAL_TIMESTAMP = 9;
    /** Sixteen bytes. */
    static final byte UUID = 10;
    /** Without trailing zeros: the scale in four bytes, a length, and the unscaled number in two's complement. */
    static final byte DECIMAL = 11;

    static final int NANOS_PER_MICRO = 1_000;

    private KeyFormat() {}
}
