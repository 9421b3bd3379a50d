package dev.penstock.engine.embedded.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** All choices of a simulation, from one seed; and what happened, if somebody wants to read it. */
final class Chaos {
    private final SplittableRandom random;
    private final boolean tracing;
    private final List<String> schedule = new ArrayList<>();
    private boolean calm;

    Chaos(long seed, boolean tracing) {
        this.random = new SplittableRandom(seed);
        this.tracing = tracing;
    }

    /** From here on nothing goes wrong any more. */
    void calm() {
        calm = true;
    }

    boolean isCalm() {
        return calm;
    }

    SplittableRandom random() {
        return random;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A fault that happens {@code perMille} times in a thousand, and never once it is calm. */
    boolean fault(int perMille) {
        return !calm && random.nextInt(1000) < perMille;
    }

    /** A choice that is true {@code perMille} times in a thousand. */
    boolean chance(int perMille) {
        return random.nextInt(1000) < perMille;
    }

    /** A place at which the process may end. */
    void mayCrash() {
        if (fault(4)) {
            note(() -> "crash inside the step before");
            throw new Crash();
        }
    }

    void note(Supplier<String> what) {
        if (tracing) {
            schedule.add(what.get());
        }
    }

    List<String> schedule() {
        return schedule;
    }
}
