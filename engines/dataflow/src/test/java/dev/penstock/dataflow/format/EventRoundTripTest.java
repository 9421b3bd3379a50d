package dev.penstock.dataflow.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.format.DebeziumOptions.Policies;
import dev.penstock.dataflow.format.DebeziumOptions.Policy;
import dev.penstock.dataflow.format.DebeziumOptions.Values;
import dev.penstock.dataflow.format.EventEncoder.Source;
import dev.penstock.spi.Payload;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.DecodedRecords;
import dev.penstock.spi.format.EncodedRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written as change events and read again is the same. */
class EventRoundTripTest {
    private static final int SEEDS = 100;
    private static final int ROWS = 40;
    private static final Source SOURCE = new Source("shop", "db", Optional.of("public"), "ordérs");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesBackRowsOperationsTimesAndRowsBefore(boolean schemas) {
        for (long seed = 0; seed < SEEDS; seed++) {
            RecordBatch batch = changes(seed);

            DecodedRecords back = read(write(batch, schemas), batch.schema().fields());

            assertThat(back.rejected()).as("seed " + seed).isEmpty();
            assertThat(texts(back.rows())).as("seed " + seed).isEqualTo(texts(batch));
            assertThat(back.rows().eventTimes().orElseThrow())
                    .isEqualTo(batch.eventTimes().orElseThrow());
            assertThat(known(back.rows())).as("seed " + seed).isEqualTo(known(batch));
        }
    }

    /** Rows of random columns, whose maps have strings for keys. */
    private static RecordBatch changes(long seed) {
        RandomBatches random = new RandomBatches(seed);
        Schema schema = random.schema(5);
        List<Field> fields = schema.fields().stream()
                .filter(field -> !field.type().text().contains("map<")
                        || !field.type().text().matches(".*map<(?!string).*"))
                .toList();
        Schema kept = new Schema(fields.isEmpty() ? List.of(Field.of("only", DataType.INT64)) : fields);
        Random choices = new Random(seed);
        byte[] codes = new byte[ROWS];
        long[] times = new long[ROWS];
        for (int row = 0; row < ROWS; row++) {
            codes[row] = Operation.of((byte) choices.nextInt(4)).code();
            times[row] = choices.nextLong() >> 12;
        }
        RecordBatch before = random.batch(nullable(kept), ROWS);
        return random.batch(kept, ROWS)
                .withOperations(codes)
                .withEventTimes(times)
                .withBefore(before);
    }

    private static Schema nullable(Schema schema) {
        return new Schema(schema.fields().stream()
                .map(field -> Field.of(field.name(), field.type()))
                .toList());
    }

    private static BytesColumn write(RecordBatch batch, boolean schemas) {
        EncodedRecords encoded = new EventEncoder(batch.schema(), SOURCE, schemas).encode(batch);
        assertThat(encoded.rejected()).isEmpty();
        return encoded.records();
    }

    private static DecodedRecords read(BytesColumn records, List<Field> fields) {
        RecordBatch input = RecordBatch.of(Schema.of(Payload.FIELD), records.size(), List.of(records));
        DebeziumOptions options = new DebeziumOptions(
                List.of(), Optional.empty(), Values.USUAL, new Policies(Policy.REJECT, Policy.IGNORE), true);
        return new EventDecoder(fields, options, Optional.empty()).decode(input, records);
    }

    private static List<String> texts(RecordBatch batch) {
        return batch.toRows().stream().map(Object::toString).toList();
    }

    /** The rows before; where a row is gone, it is itself the one before. */
    private static List<String> known(RecordBatch batch) {
        RecordBatch before = batch.before().orElseThrow();
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            boolean gone = batch.operation(row) == Operation.DELETE;
            texts.add((gone ? batch.row(row) : before.row(row))
                    .with(Operation.READ)
                    .toString());
        }
        return texts;
    }

    @Test
    void columnsAreFoundInTheSchemaThatIsWritten() {
        Schema schema = new Schema(RandomBatches.SCALARS.stream()
                .map(type -> Field.of(type.text(), type))
                .toList());
        RecordBatch batch = new RandomBatches(1).batch(schema, 1);
        BytesColumn records = write(batch, true);
        EventInference inference = new EventInference(Optional.empty());
        inference.observe(RecordBatch.of(Schema.of(Payload.FIELD), 1, List.of(records)));

        assertThat(inference.columns())
                .isEqualTo(schema.fields().stream()
                        .map(field -> field.name().equals("timestamp(ns)") ? field.typed(DataType.TIMESTAMP) : field)
                        .toList());
    }

    @Test
    void columnsAreFoundInTheRowsWhereThereIsNoSchema() {
        RecordBatch batch = new BatchBuilder(
                        Schema.of(Field.of("id", DataType.INT64), Field.of("name", DataType.STRING)))
                .append(1L, "a")
                .build();
        EventInference inference = new EventInference(Optional.empty());
        inference.observe(RecordBatch.of(Schema.of(Payload.FIELD), 1, List.of(write(batch, false))));

        assertThat(inference.columns())
                .containsExactly(Field.of("id", DataType.INT64), Field.of("name", DataType.STRING));
    }

    @Test
    void valuesThatDidNotChangeStayUnchanged() {
        BatchBuilder rows = new BatchBuilder(Schema.of(
                Field.of("id", DataType.INT64),
                Field.of("doc", DataType.STRING),
                Field.of("bin", DataType.BYTES),
                Field.of("list", DataType.listOf(DataType.INT32))));
        rows.column(0).appendValue(1L);
        rows.column(1).appendUnchanged();
        rows.column(2).appendUnchanged();
        rows.column(3).appendUnchanged();
        rows.endRow(Operation.UPDATE);
        rows.column(0).appendUnchanged();
        rows.column(1).appendNull();
        rows.column(2).appendNull();
        rows.column(3).appendNull();
        rows.endRow(Operation.UPDATE);
        RecordBatch batch = rows.build();
        EncodedRecords encoded = new EventEncoder(batch.schema(), SOURCE, false).encode(batch);

        RecordBatch back = read(encoded.records(), batch.schema().fields()).rows();
        assertThat(back.columns().subList(1, 4)).allMatch(column -> column.isUnchanged(0));
        assertThat(encoded.rejected())
                .extracting(row -> row.index() + ": " + row.reason())
                .containsExactly("1: column 'id': is unchanged, which cannot be said of int64");
    }
}
