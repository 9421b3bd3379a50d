package dev.penstock.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.BadRecordException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written is what was read, for random schemas, and Avro's own reader agrees. */
class RoundTripTest {
    @Test
    void writesByTheGivenSchemaWhatAvroReads() throws IOException {
        int compared = 0;
        for (long seed = 0; seed < 300; seed++) {
            RandomAvro random = new RandomAvro(seed);
            org.apache.avro.Schema schema = random.record(2);
            Object value = random.value(schema);
            RecordBatch rows = read(schema, bytes(schema, value));
            Optional<RecordWriter> writer =
                    RecordWriter.of(schema, rows.schema().fields(), new ArrayList<>());
            if (writer.isPresent()) {
                byte[] written = write(writer.get(), rows);
                Object back = new GenericDatumReader<>(schema)
                        .read(null, DecoderFactory.get().binaryDecoder(written, null));
                assertThat(back).as("seed " + seed + " " + schema).isEqualTo(value(schema, value));
                compared++;
            }
        }
        // Unions of several types are columns of json, which no schema but string takes.
        assertThat(compared).isGreaterThan(150);
    }

    @Test
    void readsBackWhatItWritesByItsOwnSchema() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            RandomAvro random = new RandomAvro(seed);
            org.apache.avro.Schema schema = random.record(3);
            RecordBatch rows = read(schema, bytes(schema, random.value(schema)));
            org.apache.avro.Schema own = AvroSchemas.of("a.Row", rows.schema().fields());

            byte[] written = write(
                    RecordWriter.of(own, rows.schema().fields(), new ArrayList<>())
                            .orElseThrow(),
                    rows);

            assertThat(Expected.plain(read(own, written, rows.schema()).row(0)))
                    .as("seed " + seed + " " + schema)
                    .isEqualTo(Expected.plain(rows.row(0)));
        }
    }

    @Test
    void refusesColumnsThatTheSchemaDoesNotHold() {
        org.apache.avro.Schema schema = new org.apache.avro.Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"},"
                        + "{\"name\":\"b\",\"type\":\"long\"}]}");
        List<dev.penstock.spi.config.Problem> problems = new ArrayList<>();

        RecordWriter.of(schema, List.of(Field.of("a", DataType.STRING), Field.of("c", DataType.INT64)), problems);

        assertThat(problems)
                .extracting(dev.penstock.spi.config.Problem::reason)
                .containsExactly(
                        "column 'a' is string, which the schema's \"int\" does not hold",
                        "column 'b' is missing, and the schema has no default",
                        "column 'c' is not a field of the schema");
    }

    @Test
    void refusesNamesThatAvroDoesNotHave() {
        assertThatThrownBy(() -> AvroSchemas.of("Row", List.of(Field.of("a-b", DataType.INT64))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("column 'a-b' is no name in Avro");
    }

    @Test
    void rejectsARowWithoutAValueWhereTheSchemaWantsOne() {
        org.apache.avro.Schema schema = AvroSchemas.of("Row", List.of(Field.required("a", DataType.INT64)));
        RecordBatch rows = new BatchBuilder(Schema.of(Field.of("a", DataType.INT64)))
                .append((Object) null)
                .build();
        RecordWriter writer = RecordWriter.of(schema, rows.schema().fields(), new ArrayList<>())
                .orElseThrow();

        assertThatThrownBy(() -> write(writer, rows))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("column 'a': is null, which the schema does not allow");
    }

    private static Object value(org.apache.avro.Schema schema, @Nullable Object value) throws IOException {
        return new GenericDatumReader<>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(bytes(schema, value), null));
    }

    private static byte[] bytes(org.apache.avro.Schema schema, @Nullable Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<Object>(schema).write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static byte[] write(RecordWriter writer, RecordBatch rows) {
        AvroOutput out = new AvroOutput();
        writer.bind(rows.columns()).write(0, out);
        return Arrays.copyOf(out.data(), out.size());
    }

    private static RecordBatch read(org.apache.avro.Schema schema, byte[] bytes) {
        return read(schema, bytes, new Schema(AvroColumns.of(schema)));
    }

    private static RecordBatch read(org.apache.avro.Schema schema, byte[] bytes, Schema columns) {
        BatchBuilder rows = new BatchBuilder(columns);
        List<ColumnBuilder> builders = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            builders.add(rows.column(i));
        }
        AvroRecords.of(schema, Optional.empty(), columns.fields(), builders).read(bytes, 0, bytes.length);
        rows.endRow();
        return rows.build();
    }
}
