package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.AlignedInput;
import dev.penstock.engine.embedded.keyed.Exchange;
import dev.penstock.engine.embedded.keyed.StageEvent;
import dev.penstock.engine.embedded.protocol.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A part of the pipeline with a thread of its own, fed by an exchange; ends its epochs when the barriers of all senders
 * are here.
 */
final class ExchangeLane {
    private final String name;
    private final Lane lane;
    private final AlignedInput input;
    private final LaneEntry entry;
    private final LaneTime time;
    private final EpochEnd epochEnd;
    private final AtomicLong emissions = new AtomicLong();
    private volatile LastEpoch last = LastEpoch.NONE;
    private long emitted;

    /** @param senders what the lane itself sends into; they pass its barriers on */
    ExchangeLane(
            String name,
            Lane lane,
            AlignedInput input,
            LaneEntry entry,
            List<Exchange.Sender> senders,
            Worker.Coordination coordination) {
        this.name = name;
        this.lane = lane;
        this.input = input;
        this.entry = entry;
        this.time = entry.time();
        this.epochEnd = new EpochEnd(lane, time, senders, coordination);
    }

    String name() {
        return name;
    }

    /** Which epoch will be the last. Any thread, before its barrier is sent. */
    void last(LastEpoch known) {
        last = known;
    }

    /** How often something may have happened although no row came. */
    long emissions() {
        return emissions.get();
    }

    /** The bytes that wait for the lane. Any thread. */
    long queuedBytes() {
        return input.queuedBytes();
    }

    /** Has the lane look at the clock. Any thread. */
    void wakeup() {
        input.wakeup();
    }

    /** The thread's work: until the last barrier. */
    void run() throws InterruptedException {
        lane.begin();
        entry.begin();
        while (true) {
            if (time.advance()) {
                emissions.lazySet(++emitted);
            }
            Optional<StageEvent> event = input.next(Duration.ofNanos(time.waitNanos()));
            if (event.isEmpty()) {
                continue;
            }
            if (!(event.get() instanceof StageEvent.Barrier)) {
                entry.accept(event.get());
                if (event.get() instanceof StageEvent.Watermark) {
                    // It may have moved because somebody fell silent, which no worker counts.
                    emissions.lazySet(++emitted);
                }
            } else if (epochEnd.next(last)) {
                return;
            }
        }
    }
}
