package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.Exchange;
import dev.penstock.engine.embedded.keyed.TimeEvent;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;

/**
 * Spreads rows over the lanes behind it, together with where they come from: there, as here, time goes on by partition.
 */
final class SpreadStage implements Gate {
    private final Sending sending;
    private final PassingGate passing;

    /** @param origins the sources and steps that its rows come from */
    SpreadStage(List<String> origins, PlannedColumns columns, CurrentOrigin current, Exchange.Sender sender) {
        this.sending = new Sending(columns.stepId(), sender);
        this.passing = new PassingGate(origins, columns, current, new Spreading(sending, current));
    }

    @Override
    public void accept(RecordBatch batch) {
        passing.accept(batch);
    }

    @Override
    public void on(TimeEvent event) {
        if (event instanceof TimeEvent.Watermark || event instanceof TimeEvent.Idle) {
            passing.on(event);
        } else if (!(event instanceof TimeEvent.Read)) {
            sending.time(event);
        }
    }

    /** Sends rows with where they come from. */
    private record Spreading(Sending sending, CurrentOrigin current) implements Inlet {
        @Override
        public void rows(RecordBatch batch) {
            sending.rows(batch, current.origin());
        }

        @Override
        public void watermark(long micros) {
            sending.watermark(micros);
        }

        @Override
        public void idle() {
            sending.idle();
        }
    }
}
