package dev.penstock.engine.embedded.runtime;

import static java.util.Objects.requireNonNull;

import dev.penstock.engine.embedded.keyed.Exchange;
import dev.penstock.engine.embedded.protocol.Incarnation;
import dev.penstock.engine.embedded.protocol.Lane;
import dev.penstock.engine.embedded.protocol.LaneSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What belongs to one lane, gathered while its chain is made. */
final class LaneParts {
    final List<LaneSink> sinks = new ArrayList<>();
    final List<Exchange.Sender> senders = new ArrayList<>();
    final CurrentOrigin current = new CurrentOrigin();
    private @Nullable Lane lane;

    /** The lane, once everything is gathered. */
    Lane lane(int index, Incarnation incarnation) {
        Lane made = new Lane(index, incarnation.runId(), incarnation.firstEpoch(), sinks);
        lane = made;
        return made;
    }

    /** The epoch that rows belong to now; the lane's thread asks. */
    long epoch() {
        return requireNonNull(lane, "lane").epoch();
    }
}
