package dev.penstock.connector.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The black-box case 11: a file is read, and written, from a snapshot in the middle of it. */
final class SnapshotCasesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void readsOnBehindTheSnapshot() throws IOException {
        Files.write(directory.resolve("in"), List.of("one1", "one2", "one3", "one4", "one5", "one6"));
        try (FilesSource source = Reading.open(directory, "path", "in")) {
            Partition partition = source.discover(Duration.ZERO).partitions().get(0);
            ResumeState snapshot;
            try (SourcePartition reader = source.partition(partition, Optional.empty())) {
                assertThat(Reading.texts(next(reader).rows())).containsExactly("one1");
                Poll.Rows second = next(reader);
                assertThat(Reading.texts(second.rows())).containsExactly("one2");
                snapshot = second.after();
                assertThat(Reading.texts(next(reader).rows())).containsExactly("one3");
                assertThat(Reading.texts(next(reader).rows())).containsExactly("one4");
            }

            try (SourcePartition reader = source.partition(partition, Optional.of(snapshot))) {
                List<String> rest = new ArrayList<>();
                for (int line = 3; line <= 6; line++) {
                    RecordBatch batch = next(reader).rows();
                    rest.addAll(Reading.texts(batch));
                }
                assertThat(rest).containsExactly("one3", "one4", "one5", "one6");
                assertThat(reader.poll(1, 1 << 20, Duration.ZERO)).isInstanceOf(Poll.End.class);
            }
        }
    }

    private static Poll.Rows next(SourcePartition reader) {
        Poll poll = reader.poll(1, 1 << 20, Duration.ofSeconds(1));
        assertThat(poll).isInstanceOf(Poll.Rows.class);
        return (Poll.Rows) poll;
    }

    /** What was written behind the snapshot is not there any more, and what comes then takes its place. */
    @Test
    void writesOnBehindTheSnapshot() throws IOException {
        Path out = directory.resolve("out");
        List<Prepared> snapshot;
        try (Writing first = Writing.of(directory, "path", "out")) {
            snapshot = first.prepare(1, "one1", "one2", "one3");
            first.prepare(2, "one4");
        }

        try (Writing second = Writing.later(directory, 2, 1, 1, "path", "out")) {
            second.commit(snapshot);
            second.commit(second.prepare(2, "two4", "two5"));
        }

        assertThat(Writing.text(out)).isEqualTo("one1\none2\none3\ntwo4\ntwo5\n");
    }
}
