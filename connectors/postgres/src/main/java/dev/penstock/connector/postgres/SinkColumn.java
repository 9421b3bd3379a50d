package dev.penstock.connector.postgres;

import dev.penstock.spi.data.Column;

/**
 * A column of rows on its way to a column of the table.
 *
 * @param input where it stands in the rows
 * @param target where it goes
 * @param conversion what makes the one out of the other
 */
record SinkColumn(int input, SinkTable.Column target, ColumnConversion conversion) {
    String name() {
        return target.name();
    }

    private ValueCodec codec() {
        return target.type().codec();
    }

    /** The type of the column where rows wait: one that is known in its binary form, without conditions. */
    String stagingType() {
        if (codec().hasBinary()) {
            return target.type().storage();
        }
        return codec() instanceof ArrayCodec ? "text[]" : "text";
    }

    /** Whether a value that waits may turn out to be none of the type of the table. */
    boolean isCast() {
        return target.type().isDomain() || !codec().hasBinary();
    }

    /** The writer of the values of {@code column}, which was converted. */
    ValueWriter writer(Column column) {
        if (codec().hasBinary()) {
            return codec().writer(column);
        }
        return codec() instanceof ArrayCodec array ? array.ofTexts().writer(column) : BytesCodec.TEXT.writer(column);
    }
}
