package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.Exchange;
import dev.penstock.spi.DataException;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.concurrent.CancellationException;

/** Hands rows to the writers of a sink that wants them divided in its own way; waits if they are slow. */
final class ExchangeStage implements Stage {
    private final String sinkId;
    private final Exchange.Sender sender;
    private final Schema planned;

    ExchangeStage(String sinkId, Exchange.Sender sender, Schema planned) {
        this.sinkId = sinkId;
        this.sender = sender;
        this.planned = planned;
    }

    @Override
    public void accept(RecordBatch batch) {
        if (!batch.schema().equals(planned)) {
            throw new DataException("Cannot divide rows among the writers of sink '" + sinkId + "': their columns are "
                    + batch.schema() + " now and were " + planned + " at the start; run the pipeline again");
        }
        try {
            sender.rows(batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while sink '" + sinkId + "' was busy");
        }
    }
}
