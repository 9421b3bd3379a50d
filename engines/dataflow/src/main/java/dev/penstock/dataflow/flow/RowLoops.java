package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.BatchOutput;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.RowView;
import dev.penstock.spi.data.Schema;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The loops of steps between rows in columns and items. */
final class RowLoops {
    private RowLoops() {}

    /** Makes items of rows. */
    static <T> BatchOperator read(RowReader<T> reader, String step) {
        return new Reading<>(reader, step);
    }

    private static final class Reading<T> implements BatchOperator {
        private final RowReader<T> reader;
        private final String step;
        private @Nullable Schema columns;
        private Function<RowView, ? extends @Nullable T> item = row -> null;

        Reading(RowReader<T> reader, String step) {
            this.reader = reader;
            this.step = step;
        }

        @Override
        public void apply(RecordBatch batch, BatchOutput out) {
            if (columns == null || !columns.equals(batch.schema())) {
                item = reader.of(batch.schema());
                columns = batch.schema();
            }
            Object[] items = new Object[batch.rowCount()];
            RowView row = batch.rows();
            while (row.next()) {
                items[row.index()] = ItemLoops.notNull(item.apply(row), step);
            }
            out.emit(0, items(batch, items));
        }

        /** The operations stay with the rows; items are always there. */
        private static RecordBatch items(RecordBatch batch, Object[] items) {
            RecordBatch made = Items.stream(items, items.length).withOrigin(batch.origin());
            return batch.eventTimes().map(made::withEventTimes).orElse(made);
        }
    }

    /** Puts items into columns. */
    static <T> BatchOperator write(Schema columns, RowMapper<? super T> mapper) {
        RowWriter writer = new RowWriter(columns);
        return (batch, out) -> {
            T[] items = Items.of(batch);
            for (T item : items) {
                mapper.write(item, writer);
                writer.endRow();
            }
            RecordBatch rows = writer.build().withOrigin(batch.origin());
            out.emit(0, batch.eventTimes().map(rows::withEventTimes).orElse(rows));
        };
    }
}
