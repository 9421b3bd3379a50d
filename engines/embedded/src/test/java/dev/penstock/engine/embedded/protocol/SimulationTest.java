package dev.penstock.engine.embedded.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code -Dsimulation.seeds=5000000} runs more seeds, {@code -Dsimulation.first=17} begins elsewhere. */
final class SimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final long SEEDS = Long.getLong("simulation.seeds", 30_000);

    /** Within so many seeds every weakened variant must be noticed. */
    private static final long BOUND = 3_000;

    @Test
    void keepsEveryPromiseWhateverHappens() {
        AtomicReference<@Nullable String> failure = new AtomicReference<>();
        LongStream.range(FIRST, FIRST + SEEDS)
                .parallel()
                .filter(seed -> failure.get() == null && Simulation.fails(seed, Weakness.NONE))
                .forEach(seed -> failure.compareAndSet(
                        null, Simulation.failure(seed, Weakness.NONE).orElse("seed " + seed)));

        assertThat(failure.get()).isNull();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noticesEveryWeakenedVariant(Weakness weakness) {
        for (long seed = 1; seed <= BOUND; seed++) {
            if (Simulation.fails(seed, weakness)) {
                System.out.println(weakness + " is noticed at seed " + seed);
                return;
            }
        }
        fail(weakness + " was not noticed within " + BOUND + " seeds; if this fails, check: does the simulation still"
                + " reach the situation in which it matters?");
    }

    @Test
    void replaysASeedWithItsSchedule() {
        long seed = LongStream.rangeClosed(1, BOUND)
                .filter(candidate -> Simulation.fails(candidate, Weakness.NO_STRAY_CLEANUP))
                .findFirst()
                .orElseThrow();

        String once = Simulation.failure(seed, Weakness.NO_STRAY_CLEANUP).orElseThrow();

        assertThat(once).startsWith("seed " + seed).contains("was left behind").contains("ends epoch");
        assertThat(Simulation.failure(seed, Weakness.NO_STRAY_CLEANUP)).contains(once);
    }
}
