package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.Exchange;
import dev.penstock.engine.embedded.protocol.Lane;
import java.util.List;

/**
 * How a lane ends an epoch: what it knows goes to the coordinator, and the barrier to those it sends to.
 *
 * @param senders what the lane sends into
 */
record EpochEnd(Lane lane, LaneTime time, List<Exchange.Sender> senders, Worker.Coordination coordination) {
    EpochEnd {
        senders = List.copyOf(senders);
    }

    /** Ends the lane's epoch; gives whether it was the last. */
    boolean next(LastEpoch last) throws InterruptedException {
        long epoch = lane.epoch();
        boolean over = last.is(epoch);
        if (over && last.complete()) {
            time.end();
        }
        time.seal(lane);
        coordination.contribute(lane.barrier(over));
        for (Exchange.Sender sender : senders) {
            sender.barrier(epoch);
        }
        return over;
    }
}
