package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.TimeEvent;
import dev.penstock.engine.embedded.protocol.Lane;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything in the chain of one lane that has to do with time and memory. Confined to the lane's thread. */
final class LaneTime {
    private static final long WAIT_NANOS = 1_000_000_000L;

    /** Between two looks at something that is due and waits for another thread. */
    private static final long LOOK_AGAIN_NANOS = 20_000_000L;

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final InstantSource clock;
    private final List<KeyedWork> works;
    private final Map<String, List<Gate>> gatesOf;
    private final List<Gate> gates;

    /**
     * @param works the steps with memory in this lane, inputs before those they feed
     * @param gatesOf by the id of a source or of a step with watermarks, the gates that its rows come to
     */
    LaneTime(InstantSource clock, List<KeyedWork> works, Map<String, List<Gate>> gatesOf) {
        this.clock = clock;
        this.works = List.copyOf(works);
        this.gatesOf = Map.copyOf(gatesOf);
        this.gates = gatesOf.values().stream().flatMap(List::stream).distinct().toList();
    }

    /** The sources whose partitions must be told apart in what the lane is handed. */
    Set<String> timedSources() {
        return gatesOf.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(gate -> !(gate instanceof PassingGate)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Whether what is said of {@code stepId} may do anything. */
    boolean listensTo(String stepId) {
        return gatesOf.containsKey(stepId);
    }

    /** {@code stepId}, a source or a step before, says {@code event}. */
    void on(String stepId, TimeEvent event) {
        gatesOf.getOrDefault(stepId, List.of()).forEach(gate -> gate.on(event));
    }

    /** All gates hear {@code event}. */
    void onAll(TimeEvent event) {
        gates.forEach(gate -> gate.on(event));
    }

    /** Does what is due by the clock; gives whether that may have changed or emitted anything. */
    boolean advance() {
        if (works.isEmpty() && gates.isEmpty()) {
            return false;
        }
        long now = clock.millis();
        boolean did = false;
        for (Gate gate : gates) {
            did |= gate.nextLook() <= now && gate.look();
        }
        for (KeyedWork work : works) {
            did |= work.advanceClock(now);
        }
        return did;
    }

    /** How long the lane may wait for rows. */
    long waitNanos() {
        if (works.isEmpty() && gates.isEmpty()) {
            return WAIT_NANOS;
        }
        long next = Long.MAX_VALUE;
        for (Gate gate : gates) {
            next = Math.min(next, gate.nextLook());
        }
        for (KeyedWork work : works) {
            next = Math.min(next, work.nextClockMillis());
        }
        long now = clock.millis();
        if (next <= now) {
            return LOOK_AGAIN_NANOS;
        }
        return next - now >= WAIT_NANOS / NANOS_PER_MILLI ? WAIT_NANOS : (next - now) * NANOS_PER_MILLI;
    }

    /** All rows have come, those of each step before those of the steps behind it. */
    void end() {
        works.forEach(KeyedWork::end);
    }

    /** Hands {@code lane} what the epoch that ends has changed. */
    void seal(Lane lane) {
        works.forEach(work -> lane.changed(work.snapshot()));
        gates.forEach(gate -> gate.changes().ifPresent(lane::changed));
    }
}
