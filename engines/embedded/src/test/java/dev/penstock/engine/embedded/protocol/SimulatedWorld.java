package dev.penstock.engine.embedded.protocol;

import java.util.List;

/** What outlives every process. */
final class SimulatedWorld {
    /** A transactional sink. */
    static final String FIRST = "sim/first";

    /** Another one, with another commit interval. */
    static final String SECOND = "sim/second";

    /** A sink without transactions. */
    static final String PLAIN = "sim/plain";

    final Chaos chaos;
    final Weakness weakness;
    final SimulatedDisk disk = new SimulatedDisk();
    final SimulatedUpstream upstream;
    final SimulatedTarget target;
    final List<String> transactional;
    final List<String> plain;
    long now;

    SimulatedWorld(Chaos chaos, Weakness weakness) {
        this.chaos = chaos;
        this.weakness = weakness;
        this.upstream = new SimulatedUpstream(disk, chaos);
        this.transactional = chaos.chance(300) ? List.of(FIRST, SECOND) : List.of(FIRST);
        this.plain = chaos.chance(200) ? List.of(PLAIN) : List.of();
        this.target = new SimulatedTarget(disk, chaos, weakness, upstream.rowNumbers(), List.of(FIRST, SECOND, PLAIN));
    }

    void pass() {
        now += chaos.below(8);
    }
}
