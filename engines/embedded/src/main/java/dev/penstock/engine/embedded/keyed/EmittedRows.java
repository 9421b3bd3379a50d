package dev.penstock.engine.embedded.keyed;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import org.jspecify.annotations.Nullable;

/** Rows on their way into a batch. */
interface EmittedRows {
    /** How many there are. */
    int count();

    /** What they take, roughly. */
    long sizeInBytes();

    /** Adds a row; nothing is kept of {@code values} but what they hold. */
    void append(@Nullable Object... values);

    /** The rows as a batch; there are none afterwards. */
    RecordBatch build();

    /** Rows of any columns. */
    final class OfValues implements EmittedRows {
        private final BatchBuilder rows;

        OfValues(Schema schema) {
            this.rows = new BatchBuilder(schema);
        }

        @Override
        public int count() {
            return rows.rowCount();
        }

        @Override
        public long sizeInBytes() {
            return rows.sizeInBytes();
        }

        @Override
        public void append(@Nullable Object... values) {
            rows.append(values);
        }

        @Override
        public RecordBatch build() {
            return rows.build();
        }
    }
}
