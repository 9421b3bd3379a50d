package dev.penstock.engine.embedded.protocol;

import java.time.Duration;
import java.util.Map;

/**
 * How an incarnation runs the protocol.
 *
 * @param lanes how many contributions make an epoch
 * @param interval from one barrier to the next; zero for one epoch at the end
 * @param renewal from one renewal of the lease to the next
 * @param commitIntervals by the id of each transactional sink, how long durable epochs are gathered before a commit
 * @param maxUnsealed how many epochs may be asked for and not sealed yet
 * @param maxUncommitted how many handles of a sink may wait for their commit before no further epoch is asked for
 * @param commitAttempts how often in a row a commit may fail to happen before the incarnation gives up
 */
public record ProtocolSettings(
        int lanes,
        Duration interval,
        Duration renewal,
        Map<String, Duration> commitIntervals,
        int maxUnsealed,
        int maxUncommitted,
        int commitAttempts) {
    public ProtocolSettings {
        commitIntervals = Map.copyOf(commitIntervals);
    }

    /** The usual bounds. */
    public static ProtocolSettings of(int lanes, Duration interval, Map<String, Duration> commitIntervals) {
        return new ProtocolSettings(lanes, interval, Duration.ofSeconds(2), commitIntervals, 4, 10_000, 6);
    }
}
