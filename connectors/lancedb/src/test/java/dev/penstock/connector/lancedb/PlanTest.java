package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.ModelMetadata;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanTest {
    private static final Field ID = Field.required("id", DataType.INT64);
    private static final Field VECTOR = Field.of("vector", DataType.vector(2))
            .with(ModelMetadata.NAME, "mini")
            .with(ModelMetadata.DIGEST, "0123456789abcdef");
    private static final Schema SCHEMA = Schema.of(ID, VECTOR);

    @TempDir
    Path directory;

    private void write() {
        try (Incarnation run = Incarnation.in(directory, SCHEMA).start()) {
            run.write(1, new BatchBuilder(SCHEMA).append(1L, new float[] {1, 2}).build());
        }
    }

    private SinkPlan plan(Schema schema, WriteMode mode) {
        try (Incarnation run = Incarnation.in(directory, schema).mode(mode).start()) {
            return run.plan;
        }
    }

    private List<String> reasons(Schema schema, WriteMode mode) {
        SinkPlan plan = plan(schema, mode);
        assertThat(plan).isInstanceOf(SinkPlan.Reject.class);
        return ((SinkPlan.Reject) plan)
                .problems().stream().map(Problem::toString).toList();
    }

    @Test
    void acceptsTheColumnsOfTheTableInAnyOrder() {
        write();
        assertThat(plan(Schema.of(VECTOR, ID), WriteMode.append())).isEqualTo(new SinkPlan.Accept());
    }

    @Test
    void refusesVectorsOfAnotherModel() {
        write();
        assertThat(reasons(Schema.of(ID, VECTOR.with(ModelMetadata.NAME, "large")), WriteMode.append()))
                .containsExactly("column 'vector' holds vectors of model 'large' (0123456789ab) and the table those of"
                        + " model 'mini' (0123456789ab), which cannot be compared with each other;"
                        + " use the model of the table, or write a new table");
        assertThat(reasons(Schema.of(ID, VECTOR.with(ModelMetadata.DIGEST, "ff")), WriteMode.append()))
                .hasSize(1);
        assertThat(reasons(Schema.of(ID, Field.of("vector", DataType.vector(2))), WriteMode.append()))
                .singleElement()
                .asString()
                .startsWith("column 'vector' holds vectors of an unknown model and");
    }

    @Test
    void refusesOtherTypesAndNamesBoth() {
        write();
        assertThat(reasons(Schema.of(ID.typed(DataType.STRING), VECTOR.typed(DataType.vector(3))), WriteMode.append()))
                .containsExactly(
                        "column 'id' is string and the table stores int64; cast it to int64, or write a new table",
                        "column 'vector' is vector(3) and the table stores vector(2);"
                                + " cast it to vector(2), or write a new table");
    }

    @Test
    void refusesRowsWithoutAColumnThatTheTableRequires() {
        write();
        assertThat(reasons(Schema.of(VECTOR), WriteMode.append()))
                .containsExactly(
                        "rows have no column 'id', which the table requires; compute it, or write a new table");
    }

    @Test
    void refusesAnUpsertThatWouldEmptyAColumnAndTakesTheAppend() {
        write();
        Schema without = Schema.of(ID);
        assertThat(reasons(without, WriteMode.upsert(List.of("id"))))
                .containsExactly("rows have no column 'vector', so that an update would empty it in the table;"
                        + " compute it, or drop it from the table");
        try (Incarnation run =
                Incarnation.in(directory, without).run("run2", 2).restored(1).start()) {
            run.write(2, new BatchBuilder(without).append(2L).build());
        }
        assertThat(TableReading.texts(directory)).hasSize(2).contains("[2, null]");
    }

    @Test
    void addsANullableColumnWhenProvisioned() {
        write();
        Schema wider = SCHEMA.with(Field.of("note", DataType.STRING));
        try (Incarnation run =
                Incarnation.in(directory, wider).run("run2", 2).restored(1).start()) {
            assertThat(run.plan).isEqualTo(new SinkPlan.Evolve(List.of("add column note: string")));
            run.write(
                    2,
                    new BatchBuilder(wider)
                            .append(2L, new float[] {3, 4}, "new")
                            .build());
        }
        assertThat(TableReading.rows(directory))
                .extracting(row -> row.get("note"))
                .containsExactly(null, "new");
    }

    @Test
    void takesRowsWithAColumnThatIsAddedInTheMiddleOfAnEpoch() {
        Schema wider = SCHEMA.with(Field.of("note", DataType.STRING));
        WriteMode upsert = WriteMode.upsert(List.of("id"));
        try (Incarnation run = Incarnation.in(directory, SCHEMA)
                .mode(upsert)
                .set("write-buffer", 1)
                .start()) {
            run.writer().begin(run.epoch(1));
            run.writer()
                    .write(new BatchBuilder(SCHEMA)
                            .append(1L, new float[] {1, 2})
                            .append(2L, new float[] {1, 2})
                            .build());
            assertThat(run.sink.plan(wider, upsert)).isInstanceOf(SinkPlan.Evolve.class);
            run.sink.provision();
            run.writer()
                    .write(new BatchBuilder(wider)
                            .append(2L, new float[] {3, 4}, "new")
                            .build());
            run.commit(run.writer().prepare().stream().toList());
        }
        assertThat(TableReading.rows(directory))
                .extracting(row -> row.get("id") + " " + row.get("note"))
                .containsExactlyInAnyOrder("1 null", "2 new");
    }

    @Test
    void commitsWhatWasPreparedBeforeAColumnWasAdded() {
        Schema wider = SCHEMA.with(Field.of("note", DataType.STRING));
        Incarnation old = Incarnation.in(directory, SCHEMA).start();
        var handles = old.prepare(
                1, new BatchBuilder(SCHEMA).append(1L, new float[] {1, 2}).build());
        try (Incarnation run =
                Incarnation.in(directory, wider).run("run2", 2).restored(1).start()) {
            run.commit(handles);
            run.write(
                    2,
                    new BatchBuilder(wider)
                            .append(2L, new float[] {3, 4}, "new")
                            .build());
        }
        old.close();
        assertThat(TableReading.rows(directory))
                .extracting(row -> row.get("note"))
                .containsExactly(null, "new");
    }

    @Test
    void refusesKeysThatRowsDoNotHaveOrThatTellNothingApart() {
        assertThat(reasons(SCHEMA, WriteMode.upsert(List.of("idd"))))
                .contains("key: names column 'idd', which rows do not have; did you mean 'id'?");
        assertThat(reasons(SCHEMA, WriteMode.upsert(List.of("vector"))))
                .contains("key: names column 'vector' of type vector(2), which cannot tell rows apart;"
                        + " name columns of text, numbers without fraction, times or uuids");
        assertThat(reasons(SCHEMA, WriteMode.upsert(List.of()))).hasSize(1);
    }

    @Test
    void refusesWhatLanceCannotStore() {
        assertThat(reasons(
                        Schema.of(Field.of("a.b", DataType.STRING), Field.of("d", DataType.decimal(100, 2))),
                        WriteMode.append()))
                .containsExactly(
                        "column 'a.b' has a name that Lance does not take; rename it",
                        "column 'd' has more than 76 digits; cast it to fewer digits or to string");
    }
}
