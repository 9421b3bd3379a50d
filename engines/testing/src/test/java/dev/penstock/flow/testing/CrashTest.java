package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.testing.TestEngine.Ending;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is ended at any of 200 random things that it does outside, each time on the state that the one before
 * left, and each time with other workers and batches. The seed may be given by {@code -Dcrash.seed}.
 */
final class CrashTest {
    private static final long SEED = Long.getLong("crash.seed", 20_261_121L);
    private static final int CRASHES = Integer.getInteger("crash.count", 200);

    @TempDir
    private Path state;

    @Test
    void losesAndRepeatsNothingWhereverItIsCrashed() {
        SplittableRandom random = new SplittableRandom(SEED);
        int crashes = 0;
        for (int round = 0; crashes < CRASHES && round < CRASHES; round++) {
            crashes += crashAgainAndAgain(random.split(), state.resolve("round-" + round));
        }
        assertThat(crashes).as("crashes that hit, seed " + SEED).isGreaterThanOrEqualTo(CRASHES);
    }

    /** Runs one flow to its end over many crashes, and gives how many there were. */
    private static int crashAgainAndAgain(SplittableRandom random, Path directory) {
        Sessions sessions = new Sessions(random.nextLong());
        sessions.source().then(sessions.items());
        Faults faults = new Faults();
        Ending ending = Ending.ABORTED;
        int crashes = 0;
        while (ending != Ending.DONE) {
            faults.begin(crashes < 25 ? 1 + random.nextInt(40) : Long.MAX_VALUE);
            Driving driving =
                    Driving.PLAIN.faults(faults).batch(1 + random.nextInt(20)).pace(Pace.uneven(random.nextLong()));
            driving.drive(sessions.source());
            driving.drive(sessions.sink());
            ending = TestEngine.withState(directory)
                    .workers(1 + random.nextInt(3))
                    .run(sessions.flow());
            crashes += ending == Ending.ABORTED ? 1 : 0;
        }
        assertThat(sessions.results()).as("seed " + SEED).isEqualTo(sessions.expected());
        return crashes;
    }
}
