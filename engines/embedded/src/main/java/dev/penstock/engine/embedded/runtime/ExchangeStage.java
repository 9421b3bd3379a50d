package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.Exchange;
import dev.penstock.spi.data.RecordBatch;

/** Hands rows to the writers of a sink that wants them divided in its own way; waits if they are slow. */
final class ExchangeStage implements Stage {
    private final PlannedColumns columns;
    private final Sending sending;

    ExchangeStage(PlannedColumns columns, Exchange.Sender sender) {
        this.columns = columns;
        this.sending = new Sending(columns.stepId(), sender);
    }

    @Override
    public void accept(RecordBatch batch) {
        columns.check(batch);
        sending.rows(batch);
    }
}
