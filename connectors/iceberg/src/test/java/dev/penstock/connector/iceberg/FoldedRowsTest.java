package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of changes that wait in memory. */
class FoldedRowsTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("shop", DataType.STRING),
            Field.of("number", DataType.decimal(30, 0)),
            Field.of("value", DataType.INT32));

    private static final int ROUNDS = 60;

    /** Random changes of few keys, against a map; memory is tidied now and then. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsTheLastRowOfEachKey(boolean deletesByKey) {
        WriteMode mode = deletesByKey
                ? WriteMode.upsert(List.of("shop", "number"))
                : new WriteMode(WriteMode.Kind.UPSERT, List.of("shop", "number"), List.of("shop"));
        Random random = new Random(3);
        FoldedRows folded = new FoldedRows(mode);
        Map<String, Integer> model = new TreeMap<>();
        Set<String> keys = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            RecordBatch batch = changes(random, 20);
            folded.add(batch, all(batch), batch.rowCount());
            batch.toRows().forEach(row -> change(row, model, keys, deletesByKey));
            if (random.nextInt(4) == 0) {
                folded.compact();
            }
        }
        assertThat(rows(folded)).isEqualTo(model);
        assertThat(read(folded.changedKeys(), "shop", "number")).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(read(folded.deletedValues(), "shop"))
                .containsExactlyInAnyOrderElementsOf(deletesByKey ? List.of() : List.of("a", "b", "c"));
    }

    private static RecordBatch changes(Random random, int count) {
        BatchBuilder batch = new BatchBuilder(SCHEMA);
        for (int i = 0; i < count; i++) {
            boolean delete = random.nextInt(6) == 0;
            Row row = Row.of(
                    SCHEMA,
                    String.valueOf((char) ('a' + random.nextInt(3))),
                    BigDecimal.valueOf(random.nextInt(9) - 4),
                    random.nextInt());
            batch.append(row.with(delete ? Operation.DELETE : Operation.UPDATE));
        }
        return batch.build();
    }

    private static void change(Row row, Map<String, Integer> model, Set<String> keys, boolean deletesByKey) {
        String key = row.get("shop") + " " + row.get("number");
        if (row.operation() != Operation.DELETE) {
            keys.add(key);
            model.put(key, (Integer) row.get("value"));
        } else if (deletesByKey) {
            keys.add(key);
            model.remove(key);
        } else {
            model.keySet().removeIf(other -> other.startsWith(row.get("shop") + " "));
        }
    }

    private static int[] all(RecordBatch batch) {
        int[] rows = new int[batch.rowCount()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        return rows;
    }

    private static Map<String, Integer> rows(FoldedRows folded) {
        Map<String, Integer> rows = new HashMap<>();
        folded.rows()
                .forEach(part -> part.copy()
                        .toRows()
                        .forEach(row ->
                                rows.put(row.get("shop") + " " + row.get("number"), (Integer) row.get("value"))));
        return rows;
    }

    private static List<String> read(List<BatchRows> parts, String... columns) {
        List<String> values = new ArrayList<>();
        for (BatchRows part : parts) {
            for (Row row : part.copy().toRows()) {
                List<String> value = new ArrayList<>();
                for (String column : columns) {
                    value.add(String.valueOf(row.get(column)));
                }
                values.add(String.join(" ", value));
            }
        }
        return values;
    }

    @Test
    void takesNoMoreMemoryForAKeyThatChangesOftenOnceItIsTidied() {
        FoldedRows folded = new FoldedRows(WriteMode.upsert(List.of("shop")));
        Random random = new Random(5);
        for (int round = 0; round < ROUNDS; round++) {
            RecordBatch batch = changes(random, 1000);
            folded.add(batch, all(batch), batch.rowCount());
        }
        long before = folded.bytes();
        assertThat(folded.isMostlyReplaced()).isTrue();
        folded.compact();
        assertThat(folded.isMostlyReplaced()).isFalse();
        assertThat(folded.bytes()).isLessThan(before / 20);
    }

    @Test
    void numbersManyKeysAndFindsThemAgain() {
        KeyIndex index = new KeyIndex();
        for (int i = 0; i < 100_000; i++) {
            byte[] key = ("key-" + i).getBytes(StandardCharsets.UTF_8);
            assertThat(index.find(key, key.length)).isEqualTo(-1);
            assertThat(index.add(key, key.length)).isEqualTo(i);
        }
        for (int i = 0; i < 100_000; i += 7) {
            byte[] key = ("key-" + i).getBytes(StandardCharsets.UTF_8);
            assertThat(index.find(key, key.length)).isEqualTo(i);
            assertThat(index.add(key, key.length)).isEqualTo(i);
        }
        assertThat(index.sizeInBytes()).isLessThan(100_000L * 50);
    }
}
