package dev.penstock.spi.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Picks rows out of the parts of a batch, and joins batches. */
final class Picking {
    private Picking() {}

    static List<Column> columns(List<Column> columns, int[] rows, int count) {
        List<Column> taken = new ArrayList<>(columns.size());
        for (Column column : columns) {
            taken.add(column.take(rows, count));
        }
        return taken;
    }

    static byte[] operations(byte[] operations, int[] rows, int count) {
        byte[] taken = new byte[count];
        for (int i = 0; i < count; i++) {
            taken[i] = operations[rows[i]];
        }
        return taken;
    }

    static long[] times(long[] times, int[] rows, int count) {
        long[] taken = new long[count];
        for (int i = 0; i < count; i++) {
            taken[i] = times[rows[i]];
        }
        return taken;
    }

    static RecordBatch concat(List<RecordBatch> batches) {
        RecordBatch first = batches.stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot join no batches: give at least one"));
        if (batches.size() == 1) {
            return first;
        }
        batches.forEach(batch -> checkSameSchema(first, batch));
        int total = batches.stream().mapToInt(RecordBatch::rowCount).reduce(0, Math::addExact);
        List<Column> columns = IntStream.range(0, first.schema().size())
                .mapToObj(index -> join(batches, index, total))
                .toList();
        return decorate(RecordBatch.of(first.schema(), total, columns), batches);
    }

    private static void checkSameSchema(RecordBatch first, RecordBatch batch) {
        if (!first.schema().equals(batch.schema())) {
            throw new IllegalArgumentException("Cannot join batches of " + first.schema() + " and " + batch.schema()
                    + ": schemas must be the same");
        }
    }

    private static Column join(List<RecordBatch> batches, int index, int total) {
        ColumnBuilder builder =
                ColumnBuilder.of(batches.get(0).schema().field(index).type(), total);
        for (RecordBatch batch : batches) {
            builder.appendAll(batch.column(index), 0, batch.rowCount());
        }
        return builder.build();
    }

    private static RecordBatch decorate(RecordBatch joined, List<RecordBatch> batches) {
        RecordBatch result = joined.withOrigin(joinedOrigin(batches));
        if (!batches.stream().allMatch(RecordBatch::allInserts)) {
            byte[] operations = new byte[joined.rowCount()];
            forEachRow(
                    batches,
                    (batch, row, at) -> operations[at] = batch.operation(row).code());
            result = result.withOperations(operations);
        }
        if (batches.stream().anyMatch(batch -> batch.eventTimes().isPresent())) {
            long[] times = new long[joined.rowCount()];
            forEachRow(batches, (batch, row, at) -> times[at] = batch.eventTime(row));
            result = result.withEventTimes(times);
        }
        return batches.stream().anyMatch(batch -> batch.before().isPresent())
                ? result.withBefore(joinedBefore(batches))
                : result;
    }

    private static RecordBatch joinedBefore(List<RecordBatch> batches) {
        Schema schema = batches.stream()
                .flatMap(batch -> batch.before().stream())
                .findFirst()
                .orElseThrow()
                .schema();
        return concat(batches.stream()
                .map(batch -> batch.before().orElseGet(() -> nulls(schema, batch.rowCount())))
                .toList());
    }

    private static RecordBatch nulls(Schema schema, int rows) {
        List<Column> columns = schema.fields().stream()
                .map(field -> {
                    ColumnBuilder builder = ColumnBuilder.of(field.type(), rows);
                    builder.appendNulls(rows);
                    return builder.build();
                })
                .toList();
        return RecordBatch.of(schema, rows, columns);
    }

    private static Origin joinedOrigin(List<RecordBatch> batches) {
        int[] starts = new int[batches.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + batches.get(i - 1).rowCount();
        }
        return new JoinedOrigin(batches.stream().map(RecordBatch::origin).toList(), starts);
    }

    private static void forEachRow(List<RecordBatch> batches, RowVisitor visitor) {
        int at = 0;
        for (RecordBatch batch : batches) {
            for (int row = 0; row < batch.rowCount(); row++) {
                visitor.visit(batch, row, at++);
            }
        }
    }

    private interface RowVisitor {
        void visit(RecordBatch batch, int row, int at);
    }
}
