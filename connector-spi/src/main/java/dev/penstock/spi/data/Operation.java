package dev.penstock.spi.data;

/** What a row says has happened to the thing it describes. */
public enum Operation {
    /** The thing is new. */
    INSERT(0),
    /** The thing has changed; the row holds it as it is now. */
    UPDATE(1),
    /** The thing is gone; only the columns that identify it need be set. */
    DELETE(2),
    /** The thing was found by reading what exists, as in a snapshot; sinks treat it as an insert or upsert. */
    READ(3);

    private static final Operation[] BY_CODE = {INSERT, UPDATE, DELETE, READ};

    private final byte code;

    Operation(int code) {
        this.code = (byte) code;
    }

    /** The one-byte form kept in batches. */
    public byte code() {
        return code;
    }

    /** The operation with {@link #code()} {@code code}. */
    public static Operation of(byte code) {
        return BY_CODE[code];
    }
}
