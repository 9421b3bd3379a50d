package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.testing.TestEngine.Ending;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Another number of workers in the next run, with windows open and timers pending. */
final class RescaleTest {
    static Stream<Arguments> workers() {
        return Stream.of(Arguments.of(List.of(1, 4)), Arguments.of(List.of(4, 1)), Arguments.of(List.of(3, 5, 1)));
    }

    @ParameterizedTest
    @MethodSource("workers")
    void changesNoResult(List<Integer> workers, @TempDir Path state) {
        Sessions sessions = new Sessions(3);
        sessions.source().live();
        for (int run = 0; run < workers.size(); run++) {
            boolean last = run == workers.size() - 1;
            sessions.source().then(part(sessions, run, workers.size()));
            assertThat(sessions.run(TestEngine.withState(state).workers(workers.get(run)), last))
                    .isEqualTo(last ? Ending.DONE : Ending.STOPPED);
        }

        assertThat(sessions.results()).isEqualTo(sessions.expected());
    }

    private static List<Event> part(Sessions sessions, int run, int runs) {
        List<Event> items = sessions.items();
        return items.subList(run * items.size() / runs, (run + 1) * items.size() / runs);
    }

    /** Runs that were aborted before their first snapshot leave nothing that others could trip over. */
    @ParameterizedTest
    @MethodSource("workers")
    void changesNoResultBeforeTheFirstSnapshot(List<Integer> workers, @TempDir Path state) {
        Sessions sessions = new Sessions(4);
        for (int run = 0; run < workers.size(); run++) {
            sessions.source().then(part(sessions, run, workers.size()));
            if (run < workers.size() - 1) {
                sessions.source().abort();
            }
        }
        TestEngine engine = TestEngine.withState(state).epochs(Duration.ofHours(1));
        for (int run = 0; run < workers.size(); run++) {
            assertThat(engine.workers(workers.get(run)).run(sessions.flow()))
                    .isEqualTo(run == workers.size() - 1 ? Ending.DONE : Ending.ABORTED);
        }

        assertThat(sessions.results()).isEqualTo(sessions.expected());
    }
}
