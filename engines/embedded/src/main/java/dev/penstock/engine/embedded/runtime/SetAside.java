package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.DeadLetters;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;

/** Writes rows that cannot be taken to the dead-letter sink, in the same epoch as their neighbours. */
final class SetAside implements Rejections {
    private final DeadLetters letters;
    private final Stage out;
    private final Counters counters;

    SetAside(DeadLetters letters, Stage out, Counters counters) {
        this.letters = letters;
        this.out = out;
        this.counters = counters;
    }

    @Override
    public void rejected(String stepId, RecordBatch batch, List<RejectedRow> rows) {
        if (!rows.isEmpty()) {
            write(stepId, letters.ofRejected(stepId, batch, rows));
        }
    }

    @Override
    public void bad(String stepId, List<BadRow> rows) {
        if (!rows.isEmpty()) {
            write(stepId, letters.ofBad(stepId, rows));
        }
    }

    private void write(String stepId, RecordBatch rows) {
        counters.step(stepId).rejected.add(rows.rowCount());
        counters.deadLetters.add(rows.rowCount());
        out.accept(rows);
    }
}
