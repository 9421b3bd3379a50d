package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.AlignedInput;
import dev.penstock.engine.embedded.keyed.Exchange;
import dev.penstock.engine.embedded.keyed.StageEvent;
import dev.penstock.engine.embedded.protocol.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A writer with a thread of its own, fed by an exchange; ends its epochs when the barriers of all senders are here. */
final class SinkLane {
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final String name;
    private final Lane lane;
    private final AlignedInput input;
    private final Stage stage;
    private final List<Exchange.Sender> senders;
    private final Worker.Coordination coordination;
    private volatile long lastEpoch = Long.MAX_VALUE;

    /** @param senders what the lane itself sends into, such as dead letters */
    SinkLane(
            String name,
            Lane lane,
            AlignedInput input,
            Stage stage,
            List<Exchange.Sender> senders,
            Worker.Coordination coordination) {
        this.name = name;
        this.lane = lane;
        this.input = input;
        this.stage = stage;
        this.senders = senders;
        this.coordination = coordination;
    }

    String name() {
        return name;
    }

    /** {@code epoch} will be the last. Any thread, before its barrier is sent. */
    void last(long epoch) {
        lastEpoch = epoch;
    }

    /** The thread's work: until the last barrier. */
    void run() throws InterruptedException {
        lane.begin();
        while (true) {
            Optional<StageEvent> event = input.next(WAIT);
            if (event.isPresent() && event.get() instanceof StageEvent.Rows rows) {
                stage.accept(rows.batch());
            } else if (event.isPresent() && event.get() instanceof StageEvent.Barrier barrier) {
                boolean over = barrier.epoch() == lastEpoch;
                coordination.contribute(lane.barrier(over));
                for (Exchange.Sender sender : senders) {
                    sender.barrier(barrier.epoch());
                }
                if (over) {
                    return;
                }
            }
        }
    }
}
