package dev.penstock.conformance.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.numbered.Ledger;
import dev.penstock.conformance.numbered.NumberedConnector;
import dev.penstock.spi.WriteMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestedEngineTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    static Stream<TestedEngine> engines() {
        return ServiceLoader.load(TestedEngine.class).stream().map(ServiceLoader.Provider::get);
    }

    @Test
    void bothEnginesAreFound() {
        assertThat(engines()).extracting(TestedEngine::name).containsExactly("kit", "embedded");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void everyRowArrivesOnce(TestedEngine engine) throws InterruptedException {
        try (TestedEngine.Running running = engine.start(job(3, Map.of("until", 100)))) {
            assertThat(running.await(LIMIT)).isTrue();
        }
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(expected(100));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void whatWasReadIsThereAfterAStopAndGoesOnFromThere(TestedEngine engine) throws InterruptedException {
        try (TestedEngine.Running running = engine.start(job(2, Map.of("pace", "1ms")))) {
            awaitRows(30);
            running.stop();
            assertThat(running.await(LIMIT)).isTrue();
        }
        int before = rows().size();
        try (TestedEngine.Running running = engine.start(job(5, Map.of("more", 10)))) {
            assertThat(running.await(LIMIT)).isTrue();
        }
        assertThat(rows()).hasSize(before + 30).doesNotHaveDuplicates();
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(contiguous(rows()));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void whatThePipelineFailedWithIsThrownAtItsEnd(TestedEngine engine) throws InterruptedException {
        TestedEngine.Running running = engine.start(job(1, Map.of("layout", "no.such.Layout")));
        assertThat(running.await(LIMIT)).isTrue();
        assertThatThrownBy(running::close).hasMessageContaining("Cannot make layout 'no.such.Layout'");
    }

    private void awaitRows(int count) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (rows().size() < count && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private List<NumberedRow> rows() {
        return Ledger.read(directory.resolve("ledger"));
    }

    private static List<NumberedRow> expected(long each) {
        return IntStream.range(0, 3)
                .boxed()
                .flatMap(partition -> NumberedRow.inserts(7, partition, 0, each).stream())
                .toList();
    }

    /** All rows up to the last of each partition. */
    private static List<NumberedRow> contiguous(List<NumberedRow> rows) {
        Map<Integer, Long> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.partition(), 1L, Long::sum));
        return counts.entrySet().stream()
                .flatMap(entry -> NumberedRow.inserts(7, entry.getKey(), 0, entry.getValue()).stream())
                .toList();
    }

    private EngineJob job(int writers, Map<String, Object> settings) {
        Map<String, Object> source = new HashMap<>(settings);
        source.putAll(Map.of("seed", 7, "partitions", 3));
        NumberedConnector connector = new NumberedConnector();
        return new EngineJob(
                "job",
                new EngineJob.Step(connector, source),
                new EngineJob.Step(
                        connector,
                        Map.of("directory", directory.resolve("ledger").toString())),
                WriteMode.append(),
                writers,
                Duration.ofMillis(20),
                directory.resolve("state"));
    }
}
