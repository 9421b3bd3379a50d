package dev.penstock.dataflow.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys and their hashes, which must never change. */
final class KeyEncoderTest {
    private static final long GOLDEN_EMPTY = -6411193824288604561L;
    private static final long GOLDEN_TEXT = -6054265627523878289L;
    private static final long GOLDEN_42 = 4607032486154549074L;

    private static Key key(DataType type, @Nullable Object value) {
        Schema schema = Schema.of(Field.of("k", type));
        BatchBuilder rows = new BatchBuilder(schema).append(new Object[] {null}).append(new Object[] {value});
        KeyEncoder encoder = new KeyEncoder(schema, List.of("k"));
        encoder.bind(rows.build());
        encoder.encode(1);
        return encoder.key();
    }

    @Test
    void makesEqualKeysOfEqualValuesWhateverTheWidthOfTheColumn() {
        assertThat(key(DataType.INT8, 7)).isEqualTo(key(DataType.INT32, 7)).isEqualTo(key(DataType.INT64, 7L));
        assertThat(key(DataType.FLOAT32, 0.5f)).isEqualTo(key(DataType.FLOAT64, 0.5));
        assertThat(key(DataType.FLOAT64, -0.0)).isEqualTo(key(DataType.FLOAT64, 0.0));
        assertThat(key(DataType.decimal(10, 2), new BigDecimal("1.50")))
                .isEqualTo(key(DataType.decimal(30, 5), new BigDecimal("1.50000")));
        assertThat(key(DataType.decimal(10, 2), new BigDecimal("0.00")))
                .isEqualTo(key(DataType.decimal(30, 5), new BigDecimal("0.00000")));
        Instant instant = Instant.parse("1969-12-31T23:59:59.999999Z");
        assertThat(key(DataType.TIMESTAMP, instant))
                .isEqualTo(key(new DataType.Timestamp(DataType.Precision.NANOS, true), instant));
    }

    @Test
    void tellsKindsOfValuesApart() {
        List<Key> keys = List.of(
                key(DataType.INT64, null),
                key(DataType.INT64, 1L),
                key(DataType.FLOAT64, 1.0),
                key(DataType.STRING, "1"),
                key(DataType.STRING, ""),
                key(DataType.BYTES, Bytes.copyOf(new byte[] {'1'})),
                key(DataType.BOOLEAN, true),
                key(DataType.DATE, LocalDate.ofEpochDay(1)));
        assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
    }

    @Test
    void givesTheValuesBack() {
        UUID uuid = new UUID(1, 2);
        Instant instant = Instant.parse("2026-11-21T10:00:00.123456789Z");
        LocalDateTime local = LocalDateTime.parse("1900-01-01T00:00:00.000001");
        Schema schema = Schema.of(
                Field.of("a", DataType.STRING),
                Field.of("b", DataType.UUID),
                Field.of("c", new DataType.Timestamp(DataType.Precision.NANOS, true)),
                Field.of("d", new DataType.Timestamp(DataType.Precision.MICROS, false)),
                Field.of("e", DataType.TIME),
                Field.of("f", DataType.decimal(40, 3)),
                Field.of("g", DataType.INT16));
        Object[] values = {"ü".repeat(300), uuid, instant, local, LocalTime.NOON, new BigDecimal("-12.500"), null};
        KeyEncoder encoder = new KeyEncoder(schema, schema.names());
        encoder.bind(new BatchBuilder(schema).append(values).build());
        encoder.encode(0);
        values[5] = new BigDecimal("-12.5");
        assertThat(encoder.key().values()).containsExactly(values);
        assertThat(key(DataType.INT32, 5)).hasToString("[5]");
    }

    @Test
    void doesNotConfuseColumnsOfDifferentLengths() {
        Schema schema = Schema.of(Field.of("a", DataType.STRING), Field.of("b", DataType.STRING));
        KeyEncoder encoder = new KeyEncoder(schema, List.of("a", "b"));
        RecordBatch batch = new BatchBuilder(schema)
                .append("ab", "c")
                .append("a", "bc")
                .append("abc", "")
                .build();
        encoder.bind(batch);
        Set<Key> keys = new HashSet<>();
        for (int row = 0; row < 3; row++) {
            encoder.encode(row);
            keys.add(encoder.key());
        }
        assertThat(keys).hasSize(3);
    }

    @Test
    void makesOneKeyOfAllRowsWithoutColumns() {
        Schema schema = Schema.of(Field.of("a", DataType.STRING));
        KeyEncoder encoder = new KeyEncoder(schema, List.of());
        encoder.bind(new BatchBuilder(schema).append("x").append("y").build());
        encoder.encode(0);
        Key first = encoder.key();
        encoder.encode(1);
        assertThat(encoder.key()).isEqualTo(first);
        assertThat(first.bytes()).isNotEmpty();
    }

    @Test
    void refusesColumnsOfManyValues() {
        Schema schema = Schema.of(Field.of("v", DataType.vector(3)));
        assertThatThrownBy(() -> new KeyEncoder(schema, List.of("v")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot key by column 'v' of type vector(3): it has many values; use a column of single"
                        + " ones");
    }

    @Test
    void keepsItsHashesForEver() {
        byte[] text = "penstock keeps water back".getBytes(StandardCharsets.UTF_8);
        assertThat(KeyHash.of(new byte[0], 0, 0)).isEqualTo(GOLDEN_EMPTY);
        assertThat(KeyHash.of(text, 0, text.length)).isEqualTo(GOLDEN_TEXT);
        assertThat(KeyHash.of(text, 3, 11)).isEqualTo(KeyHash.of(Arrays.copyOfRange(text, 3, 11), 0, 8));
        assertThat(key(DataType.INT64, 42L).hash()).isEqualTo(GOLDEN_42);
    }

    @Test
    void spreadsKeysEvenlyOverAnyNumberOfWorkers() {
        for (int workers : new int[] {1, 2, 3, 7, 64}) {
            int[] counts = new int[workers];
            for (long i = 0; i < 64_000; i++) {
                counts[KeyHash.worker(key(DataType.INT64, i).hash(), workers)]++;
            }
            int even = 64_000 / workers;
            assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - even) < even / 5 + 1);
        }
    }

    @Test
    void refusesKeysThatAreCutOff() {
        byte[] whole = key(DataType.STRING, "some text").bytes();
        for (int length = 1; length < whole.length; length++) {
            Key cut = Key.of(Arrays.copyOf(whole, length));
            assertThatThrownBy(cut::values).isInstanceOf(IllegalArgumentException.class);
            assertThat(cut.toString()).startsWith("0x");
        }
        byte[] hostile = new byte[20];
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            random.nextBytes(hostile);
            assertThat(Key.of(hostile.clone()).toString()).isNotEmpty();
        }
    }
}
