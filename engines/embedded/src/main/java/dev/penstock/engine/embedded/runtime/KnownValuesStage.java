package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Keeps rows from a step whose columns say that they are unchanged, where the step cannot say that any further: it
 * would take them for null. They are rejected.
 *
 * @param takes whether the step takes a column that is unchanged
 */
record KnownValuesStage(String id, Predicate<String> takes, Rejections rejections, Stage step) implements Stage {
    @Override
    public void accept(RecordBatch batch) {
        if (!batch.anyUnchanged()) {
            step.accept(batch);
            return;
        }
        int[] columns = IntStream.range(0, batch.schema().size())
                .filter(column -> batch.column(column).validity().anyUnchanged())
                .filter(column -> !takes.test(batch.schema().field(column).name()))
                .toArray();
        List<RejectedRow> rejected = new ArrayList<>();
        int[] kept = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            int unchanged = unchanged(batch, columns, row);
            if (unchanged < 0) {
                kept[count++] = row;
            } else {
                rejected.add(new RejectedRow(
                        row,
                        "column '" + batch.schema().field(unchanged).name()
                                + "': its value did not change and is not known, and this step needs it"));
            }
        }
        rejections.rejected(id, batch, rejected);
        TransformStage.handOn(count == batch.rowCount() ? batch : batch.take(kept, count), List.of(step));
    }

    private static int unchanged(RecordBatch batch, int[] columns, int row) {
        for (int column : columns) {
            if (batch.column(column).isUnchanged(row)) {
                return column;
            }
        }
        return -1;
    }
}
