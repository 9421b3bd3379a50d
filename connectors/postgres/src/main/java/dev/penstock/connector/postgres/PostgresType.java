package dev.penstock.connector.postgres;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.data.DataType;

/**
 * The type of a column in a table, and what it is here.
 *
 * @param oid of the type in this database; of a domain, its own
 * @param name as SQL has it, with modifiers, for example {@code numeric(10,2)} or {@code shop.mood}
 * @param storage the same, or for a domain that of the type under it, which takes any value of that type
 * @param dataType what its values are in a batch
 * @param codec how they travel
 */
record PostgresType(int oid, String name, String storage, DataType dataType, ValueCodec codec) {
    PostgresType {
        requireNonNull(name, "name");
        requireNonNull(storage, "storage");
        requireNonNull(dataType, "dataType");
        requireNonNull(codec, "codec");
    }

    /** Whether a value of the type under it may be none of it. */
    boolean isDomain() {
        return !name.equals(storage);
    }
}
