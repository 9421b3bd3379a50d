package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.cleanup.CleanupPolicy;

/** What a run reads after another one. */
final class RestoredSourceTest {
    @TempDir
    Path directory;

    /** Compacts the table with one fragment more, of the rows from {@code first} on. */
    private void appendAndCompact(long first) {
        try (Incarnation run = Incarnation.in(directory, AppendTest.SCHEMA)
                .run("run-" + first, first)
                .restored(3)
                .set("compact-fragments", 1)
                .start()) {
            run.write(4, AppendTest.rows(first, 4));
        }
    }

    /** Reads on as an engine does that has these states; those of partitions that are not listed are left alone. */
    private static List<Long> readOn(Source source, Map<String, ResumeState> states) {
        source.restored(states);
        List<Row> rows = new ArrayList<>();
        for (Partition partition : source.discover(Duration.ZERO).partitions()) {
            Optional<ResumeState> from = Optional.ofNullable(states.get(partition.id()));
            try (SourcePartition reader = source.partition(partition, from)) {
                rows.addAll(SourceTest.rows(SourceTest.read(reader, 3)));
            }
        }
        return SourceTest.ids(rows);
    }

    @Test
    void anInterruptedRunGoesOnInItsVersionAlthoughTheTableWasCompactedMeanwhile() {
        SourceTest.write(directory, 3, 4);
        long version = TableReading.version(directory);
        appendAndCompact(12);
        Map<String, ResumeState> states = Map.of(
                "fragment-0", new ReadPosition(version, 0, 4, true).toState(),
                "fragment-1", new ReadPosition(version, 1, 1, false).toState());
        try (Source source = SourceTest.open(directory, Map.of())) {
            assertThat(readOn(source, states)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L);
        }
    }

    @Test
    void aRunThatWasInterruptedBetweenFragmentsGoesOnInItsVersion() {
        SourceTest.write(directory, 3, 4);
        long version = TableReading.version(directory);
        appendAndCompact(12);
        Map<String, ResumeState> states = Map.of("fragment-0", new ReadPosition(version, 0, 4, true).toState());
        try (Source source = SourceTest.open(directory, Map.of())) {
            assertThat(readOn(source, states)).containsExactly(4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        }
    }

    @Test
    void aRunAfterOneThatHasReadItsVersionReadsWhatCameSince() {
        SourceTest.write(directory, 2, 4);
        long version = TableReading.version(directory);
        try (Incarnation run = Incarnation.in(directory, AppendTest.SCHEMA)
                .run("run2", 2)
                .restored(2)
                .set("compact-fragments", 0)
                .start()) {
            run.write(3, AppendTest.rows(8, 4));
        }
        Map<String, ResumeState> states = Map.of(
                "fragment-0", new ReadPosition(version, 0, 4, true).toState(),
                "fragment-1", new ReadPosition(version, 1, 4, true).toState());
        try (Source source = SourceTest.open(directory, Map.of())) {
            assertThat(readOn(source, states)).containsExactly(8L, 9L, 10L, 11L);
        }
    }

    @Test
    void anInterruptedRunWhoseVersionWasCleanedAwayIsAnErrorAndOneThatHadEndedIsNot() {
        SourceTest.write(directory, 1, 5);
        cleanUp(directory);
        try (Source source = SourceTest.open(directory, Map.of())) {
            ResumeState interrupted = new ReadPosition(1, 0, 2, false).toState();
            assertThatThrownBy(() -> source.restored(Map.of("fragment-0", interrupted)))
                    .isInstanceOf(ResumeLostException.class)
                    .hasMessageStartingWith("Cannot resume partition 'fragment-0' at row 2 of version 1:");
        }
        try (Source source = SourceTest.open(directory, Map.of())) {
            ResumeState ended = new ReadPosition(1, 0, 5, true).toState();
            assertThat(readOn(source, Map.of("fragment-0", ended))).isEmpty();
        }
    }

    @Test
    void readsAVersionWithTheColumnsThatItHas() {
        SourceTest.write(directory, 1, 4);
        long version = TableReading.version(directory);
        Schema wider = AppendTest.SCHEMA.with(Field.of("more", DataType.STRING));
        try (Incarnation run =
                Incarnation.in(directory, wider).run("run2", 2).restored(1).start()) {
            run.write(2, new BatchBuilder(wider).append(4L, "row 4", "more").build());
        }
        Map<String, ResumeState> states = Map.of("fragment-0", new ReadPosition(version, 0, 2, false).toState());
        try (Source source = SourceTest.open(directory, Map.of())) {
            assertThat(source.schema().names()).contains("more");
            assertThat(readOn(source, states)).containsExactly(2L, 3L);
            assertThat(source.schema().names()).doesNotContain("more");
        }
    }

    /** Removes every version but the newest. */
    static void cleanUp(Path directory) {
        TableReading.with(
                directory,
                dataset -> dataset.cleanupWithPolicy(CleanupPolicy.builder()
                        .withBeforeTimestampMillis(System.currentTimeMillis() + 1000)
                        .withErrorIfTaggedOldVersions(false)
                        .build()));
    }
}
