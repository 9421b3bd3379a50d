package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.Payload;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows on their way through a file of the spool. */
class SpoolFileTest {
    private static final int PIECE = 256 * 1024;
    /** What a record to "orders" takes besides its value. */
    private static final int RECORD_BYTES = 34;

    private static final Schema HEADER =
            new Schema(List.of(Field.required("key", DataType.STRING), Field.of("value", DataType.BYTES)));
    private static final Schema SCHEMA = Schema.of(
            Field.of("topic", DataType.STRING),
            Field.of("key", DataType.BYTES),
            Field.of("headers", MetadataColumns.HEADERS),
            Field.of("at", DataType.TIMESTAMP),
            Field.of("slot", DataType.INT32),
            Field.of(Payload.COLUMN, DataType.BYTES));
    private static final SinkSettings.Columns COLUMNS = new SinkSettings.Columns(
            Optional.empty(),
            Optional.of("topic"),
            Optional.of("key"),
            List.of(),
            Optional.of("headers"),
            Optional.of("at"),
            Optional.of("slot"));

    @TempDir
    Path directory;

    private final Random random = new Random(7);
    private Path file;

    @BeforeEach
    void chooseFile() {
        file = directory.resolve("spool");
    }

    @Test
    void givesBackWhatWasWrittenWhateverItsSize() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        for (int size = 0; size < 3_000; size++) {
            sizes.add(size % 1_000);
        }
        givesBack(sizes);
        for (int around : new int[] {PIECE, 2 * PIECE, 5 * PIECE}) {
            for (int size = around - 40; size < around + 40; size += 8) {
                int first = size;
                givesBack(IntStream.range(0, 16)
                        .mapToObj(i -> i % 2 == 0 ? first + i / 2 : random.nextInt(700))
                        .toList());
            }
        }
    }

    private void givesBack(List<Integer> sizes) throws IOException {
        RowColumns columns = columns(sizes.stream().map(this::row).toList());
        SpoolReader reader = new SpoolReader(file, write(columns, sizes.size()));
        List<ProducerRecord<byte[], byte @Nullable []>> read = read(reader);
        assertThat(reader.isComplete()).isTrue();
        assertThat(read).hasSameSizeAs(sizes);
        for (int row = 0; row < read.size(); row++) {
            assertSame(read.get(row), columns.record(row, columns.key(row)));
        }
    }

    private static void assertSame(
            ProducerRecord<byte[], byte @Nullable []> read, ProducerRecord<byte[], byte @Nullable []> written) {
        assertThat(read.topic()).isEqualTo(written.topic());
        assertThat(read.partition()).isEqualTo(written.partition());
        assertThat(read.timestamp()).isEqualTo(written.timestamp());
        assertThat(read.key()).isEqualTo(written.key());
        assertThat(read.value()).isEqualTo(written.value());
        assertThat(read.headers()).isEqualTo(written.headers());
    }

    @Test
    void filesThatAreCutOffAreNotComplete() throws IOException {
        SpoolReader reader = new SpoolReader(file, write(1_000, PIECE));
        assertThat(reader.isComplete()).isTrue();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(reader.isComplete()).isFalse();
        assertThatThrownBy(() -> read(reader)).isInstanceOf(SpoolDamagedException.class);
        Files.delete(file);
        assertThat(reader.isComplete()).isFalse();
        assertThatThrownBy(() -> read(reader)).isInstanceOf(SpoolDamagedException.class);
    }

    @Test
    void whateverByteIsChangedNothingOfItsPieceIsGiven() throws IOException {
        SpoolReader reader = new SpoolReader(file, write(PIECE, 400, 500));
        byte[] bytes = Files.readAllBytes(file);
        int second = bytes.length - (SpoolOutput.HEADER_BYTES + 2 * RECORD_BYTES + 400 + 500);
        for (int at : new int[] {0, 5, PIECE / 2, second, bytes.length - 700, bytes.length - 1}) {
            bytes[at]++;
            Files.write(file, bytes);
            bytes[at]--;
            List<ProducerRecord<byte[], byte @Nullable []>> read = new ArrayList<>();
            assertThatThrownBy(() -> reader.forEach(read::add))
                    .as("byte %d", at)
                    .isInstanceOf(SpoolDamagedException.class);
            assertThat(read).as("byte %d", at).hasSize(at < second ? 0 : 1);
        }
    }

    @Test
    void aWholeFileThatIsAnotherOneIsNotTakenForTheOneThatWasMadeDurable() throws IOException {
        SpoolHandle handle = write(300, 400);
        write(301, 399);
        assertThatThrownBy(() -> read(new SpoolReader(file, handle))).isInstanceOf(SpoolDamagedException.class);
    }

    private static List<ProducerRecord<byte[], byte @Nullable []>> read(SpoolReader reader) throws IOException {
        List<ProducerRecord<byte[], byte @Nullable []>> read = new ArrayList<>();
        reader.forEach(read::add);
        return read;
    }

    /** Inserts with values of these sizes and nothing else. */
    private SpoolHandle write(int... sizes) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int size : sizes) {
            byte[] value = new byte[size];
            random.nextBytes(value);
            rows.add(Row.of(SCHEMA, "orders", null, null, null, null, Bytes.copyOf(value)));
        }
        return write(columns(rows), rows.size());
    }

    private SpoolHandle write(RowColumns columns, int count) throws IOException {
        try (SpoolFile open = new SpoolFile(file)) {
            for (int row = 0; row < count; row++) {
                open.append(columns, row, columns.key(row));
            }
            return open.finish();
        }
    }

    private static RowColumns columns(List<Row> rows) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        rows.forEach(builder::append);
        RecordBatch batch = builder.build();
        return new RowColumns(batch, COLUMNS, WriteMode.upsert(List.of("key")));
    }

    private Row row(int size) {
        byte[] value = new byte[size];
        random.nextBytes(value);
        List<Row> headers = random.nextInt(5) == 0
                ? List.of(
                        Row.of(
                                HEADER,
                                "größe",
                                Bytes.copyOf(String.valueOf(size).getBytes(UTF_8))),
                        Row.of(HEADER, "none", null))
                : List.of();
        return Row.of(
                        SCHEMA,
                        random.nextBoolean() ? "orders" : "orders-" + random.nextInt(3),
                        random.nextBoolean() ? null : Bytes.copyOf(new byte[random.nextInt(30)]),
                        headers,
                        random.nextBoolean() ? null : Instant.ofEpochMilli(random.nextInt(Integer.MAX_VALUE)),
                        random.nextBoolean() ? null : random.nextInt(9),
                        Bytes.copyOf(value))
                .with(random.nextInt(10) == 0 ? Operation.DELETE : Operation.INSERT);
    }
}
