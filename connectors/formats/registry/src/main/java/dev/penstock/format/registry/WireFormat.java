package dev.penstock.format.registry;

import dev.penstock.spi.format.BadRecordException;

/** What Confluent puts before a record: a zero, and the id of the schema as four bytes, most significant first. */
public final class WireFormat {
    /** The number of bytes before the record. */
    public static final int HEADER = 5;

    private WireFormat() {}

    /**
     * The id of the schema of the record in bytes {@code from} to {@code to - 1}.
     *
     * @throws BadRecordException if there is none
     */
    public static int id(byte[] data, int from, int to) {
        if (to - from < HEADER) {
            throw new BadRecordException(
                    from == to ? "is empty" : "is too short for the id of a schema: fewer than " + HEADER + " bytes");
        }
        if (data[from] != 0) {
            throw new BadRecordException(
                    "does not start with the id of a schema: its first byte is " + (data[from] & 0xff) + ", not 0");
        }
        return ((data[from + 1] & 0xff) << 24)
                | ((data[from + 2] & 0xff) << 16)
                | ((data[from + 3] & 0xff) << 8)
                | (data[from + 4] & 0xff);
    }

    /** Writes the header of records with schema {@code id} into {@code data} from {@code at} on. */
    public static void write(int id, byte[] data, int at) {
        data[at] = 0;
        data[at + 1] = (byte) (id >>> 24);
        data[at + 2] = (byte) (id >>> 16);
        data[at + 3] = (byte) (id >>> 8);
        data[at + 4] = (byte) id;
    }
}
