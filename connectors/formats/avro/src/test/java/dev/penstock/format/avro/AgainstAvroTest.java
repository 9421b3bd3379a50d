package dev.penstock.format.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.BadRecordException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Random records of random schemas become what Avro's own reader makes of them. */
class AgainstAvroTest {
    private static final int SCHEMAS = 1_000;
    private static final int RECORDS = 5;

    @Test
    void readsWhatAvroReads() throws IOException {
        for (long seed = 0; seed < SCHEMAS; seed++) {
            RandomAvro random = new RandomAvro(seed);
            org.apache.avro.Schema writer = random.record(3);
            compare(seed, random, writer, writer);
        }
    }

    @Test
    void resolvesVersionsAsAvroDoes() throws IOException {
        for (long seed = 0; seed < SCHEMAS; seed++) {
            RandomAvro random = new RandomAvro(seed);
            org.apache.avro.Schema writer = random.record(2);
            compare(seed, random, writer, random.evolved(writer));
        }
    }

    @Test
    void readsNothingWorseThanABadRecordOutOfDamagedBytes() throws IOException {
        for (long seed = 0; seed < SCHEMAS; seed++) {
            RandomAvro random = new RandomAvro(seed);
            Random damage = new Random(seed);
            org.apache.avro.Schema schema = random.record(3);
            byte[] bytes = written(schema, random);
            Reading reading = new Reading(schema, schema);
            for (int i = 0; i < 20 && bytes.length > 0; i++) {
                byte[] damaged = Arrays.copyOf(bytes, damage.nextInt(bytes.length + 1));
                if (damaged.length > 0) {
                    damaged[damage.nextInt(damaged.length)] = (byte) damage.nextInt();
                }
                try {
                    reading.read(damaged);
                } catch (BadRecordException e) {
                    reading.rows.truncate(0);
                }
            }
        }
    }

    private static void compare(
            long seed, RandomAvro random, org.apache.avro.Schema writer, org.apache.avro.Schema reader)
            throws IOException {
        Reading reading = new Reading(writer, reader);
        GenericDatumReader<GenericRecord> oracle = new GenericDatumReader<>(writer, reader);
        List<Object> expected = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            byte[] bytes = written(writer, random);
            GenericRecord record = oracle.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
            expected.add(Expected.of(record, reader, new DataType.Struct(reading.fields)));
            reading.read(bytes);
        }
        List<Row> rows = reading.rows.build().toRows();
        for (int i = 0; i < RECORDS; i++) {
            assertThat(Expected.plain(rows.get(i)))
                    .as("seed " + seed + " " + writer + " as " + reader)
                    .isEqualTo(expected.get(i));
        }
    }

    private static byte[] written(org.apache.avro.Schema schema, RandomAvro random) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<Object>(schema).write(random.value(schema), encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    /** Columns being filled. */
    private static final class Reading {
        private final List<Field> fields;
        private final BatchBuilder rows;
        private final AvroRecords records;

        Reading(org.apache.avro.Schema writer, org.apache.avro.Schema reader) {
            fields = AvroColumns.of(reader);
            rows = new BatchBuilder(new Schema(fields));
            List<ColumnBuilder> builders = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                builders.add(rows.column(i));
            }
            records = AvroRecords.of(writer, Optional.of(reader), fields, builders);
        }

        void read(byte[] bytes) {
            records.read(bytes, 0, bytes.length);
            rows.endRow();
        }
    }
}
