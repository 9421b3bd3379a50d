package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.Exchange;
import dev.penstock.engine.embedded.keyed.RowOrigin;
import dev.penstock.engine.embedded.keyed.TimeEvent;
import dev.penstock.spi.data.RecordBatch;
import java.util.concurrent.CancellationException;

/** The near end of an exchange to a step; waits if those at the far end are slow. */
record Sending(String stepId, Exchange.Sender sender) implements Inlet {
    @Override
    public void rows(RecordBatch batch) {
        send(() -> sender.rows(batch));
    }

    /** Rows, with where they come from. */
    void rows(RecordBatch batch, RowOrigin origin) {
        send(() -> sender.rows(batch, origin));
    }

    /** Something about time that those at the far end have to know as those here. */
    void time(TimeEvent event) {
        send(() -> sender.time(event));
    }

    @Override
    public void watermark(long micros) {
        send(() -> sender.watermark(micros));
    }

    @Override
    public void idle() {
        send(sender::idle);
    }

    private void send(Threads.Work packet) {
        try {
            packet.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while step '" + stepId + "' was busy");
        }
    }
}
