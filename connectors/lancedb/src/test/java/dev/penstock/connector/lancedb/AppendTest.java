package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppendTest {
    static final Schema SCHEMA = Schema.of(Field.required("id", DataType.INT64), Field.of("text", DataType.STRING));

    @TempDir
    Path directory;

    static RecordBatch rows(long from, int count) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        for (long id = from; id < from + count; id++) {
            builder.append(id, "row " + id);
        }
        return builder.build();
    }

    @Test
    void makesTheTableAndShowsRowsOnlyAfterTheCommit() {
        try (Incarnation run = Incarnation.in(directory, SCHEMA).start()) {
            assertThat(run.plan).isEqualTo(new SinkPlan.Accept());
            List<Prepared> handles = run.prepare(1, rows(0, 3));
            assertThat(TableReading.rows(directory)).isEmpty();
            assertThat(run.commit(handles).values()).containsExactly(Outcome.COMMITTED);
            assertThat(TableReading.texts(directory)).containsExactly("[0, row 0]", "[1, row 1]", "[2, row 2]");
        }
    }

    @Test
    void addsEpochAfterEpoch() {
        try (Incarnation run = Incarnation.in(directory, SCHEMA).start()) {
            run.write(1, rows(0, 2));
            run.write(2, rows(2, 2), rows(4, 1));
            assertThat(TableReading.rows(directory)).hasSize(5);
        }
    }

    @Test
    void answersAlreadyCommittedToARepeatedCommitAndChangesNothing() {
        List<Prepared> handles;
        try (Incarnation run = Incarnation.in(directory, SCHEMA).start()) {
            handles = run.prepare(1, rows(0, 2));
            run.commit(handles);
            assertThat(run.commit(handles).values()).containsExactly(Outcome.ALREADY_COMMITTED);
        }
        try (Incarnation other =
                Incarnation.in(directory, SCHEMA).run("run2", 2).restored(1).start()) {
            assertThat(other.commit(handles).values()).containsExactly(Outcome.ALREADY_COMMITTED);
        }
        assertThat(TableReading.rows(directory)).hasSize(2);
    }

    @Test
    void preparesNothingForAnEmptyEpoch() {
        try (Incarnation run = Incarnation.in(directory, SCHEMA).start()) {
            long version = TableReading.version(directory);
            assertThat(run.prepare(1)).isEmpty();
            assertThat(run.prepare(2, RecordBatch.empty(SCHEMA))).isEmpty();
            assertThat(TableReading.version(directory)).isEqualTo(version);
            assertThat(directory.resolve("db/_penstock")).doesNotExist();
        }
    }

    @Test
    void takesDirectoriesWithAnyName() {
        String name = "data base/50%25 größer";
        try (Incarnation run =
                Incarnation.in(directory, SCHEMA).set("uri", name + "/db").start()) {
            run.write(1, rows(0, 2));
            assertThat(directory.resolve(name).resolve("db/docs.lance/_versions"))
                    .isDirectory();
        }
        assertThat(TableReading.rows(directory.resolve(name))).hasSize(2);
    }
}
