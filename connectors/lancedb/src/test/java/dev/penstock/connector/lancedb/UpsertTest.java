package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.Routing;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UpsertTest {
    private static final Schema SCHEMA = Schema.of(
            Field.required("chunk", DataType.STRING),
            Field.of("path", DataType.STRING),
            Field.of("text", DataType.STRING));
    private static final WriteMode BY_KEY = WriteMode.upsert(List.of("chunk"));
    private static final WriteMode BY_PATH = new WriteMode(WriteMode.Kind.UPSERT, List.of("chunk"), List.of("path"));

    @TempDir
    Path directory;

    private record Change(
            Operation operation,
            @Nullable String chunk,
            @Nullable String path,
            @Nullable String text) {}

    private static Change put(String chunk, String path, String text) {
        return new Change(Operation.INSERT, chunk, path, text);
    }

    private static Change update(String chunk, String path, String text) {
        return new Change(Operation.UPDATE, chunk, path, text);
    }

    private static Change delete(@Nullable String chunk, @Nullable String path) {
        return new Change(Operation.DELETE, chunk, path, null);
    }

    private static RecordBatch batch(Change... changes) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        for (Change change : changes) {
            builder.append(
                    Row.of(SCHEMA, change.chunk, change.path, change.text).with(change.operation));
        }
        return builder.build();
    }

    private Incarnation.Builder upsert(WriteMode mode) {
        return Incarnation.in(directory, SCHEMA).mode(mode);
    }

    @Test
    void keepsTheLastRowOfEachKeyAcrossEpochs() {
        try (Incarnation run = upsert(BY_KEY).start()) {
            run.write(1, batch(put("a", "p", "1"), put("b", "p", "1")));
            run.write(2, batch(update("a", "p", "2"), put("c", "p", "2")));
            assertThat(TableReading.texts(directory)).containsExactly("[a, p, 2]", "[b, p, 1]", "[c, p, 2]");
        }
    }

    @Test
    void foldsInsertUpdateAndDeleteOfOneKeyInOrder() {
        try (Incarnation run = upsert(BY_KEY).start()) {
            run.write(
                    1,
                    batch(put("a", "p", "1"), update("a", "p", "2"), delete("a", null), put("b", "p", "1")),
                    batch(delete("b", null), put("b", "p", "2"), put("c", "p", "1")),
                    batch(delete("c", null)));
            assertThat(TableReading.texts(directory)).containsExactly("[b, p, 2]");
        }
    }

    @Test
    void deletesRowsOfTheTable() {
        try (Incarnation run = upsert(BY_KEY).start()) {
            run.write(1, batch(put("a", "p", "1"), put("b", "p", "1")));
            run.write(2, batch(delete("a", null), delete("nowhere", null)));
            assertThat(TableReading.texts(directory)).containsExactly("[b, p, 1]");
            run.write(3, batch(delete("b", null)));
            assertThat(TableReading.rows(directory)).isEmpty();
            run.write(4, batch(put("c", "p", "4")));
            assertThat(TableReading.texts(directory)).containsExactly("[c, p, 4]");
        }
    }

    @Test
    void replacesTheChunksOfADocumentByItsPath() {
        try (Incarnation run = upsert(BY_PATH).start()) {
            assertThat(run.sink.routing()).isEqualTo(new Routing.ByKey(List.of("path")));
            run.write(1, batch(put("a1", "a", "1"), put("a2", "a", "1"), put("b1", "b", "1")));
            run.write(2, batch(delete(null, "a"), put("a1", "a", "2"), put("a3", "a", "2")));
            assertThat(TableReading.texts(directory)).containsExactly("[a1, a, 2]", "[a3, a, 2]", "[b1, b, 1]");
            run.write(3, batch(put("b2", "b", "3"), delete(null, "b")));
            assertThat(TableReading.texts(directory)).containsExactly("[a1, a, 2]", "[a3, a, 2]");
        }
    }

    @Test
    void removesTheOldRowOfAKeyThatMovedToAPathAndWasDeletedWithIt() {
        try (Incarnation run = upsert(BY_PATH).start()) {
            run.write(1, batch(put("k", "old", "1")));
            run.write(2, batch(put("k", "new", "2"), delete(null, "new")));
            assertThat(TableReading.rows(directory)).isEmpty();
        }
    }

    @Test
    void removesTheRowOfAFormerKeyWhenAnUpdateChangesTheKey() {
        try (Incarnation run = upsert(BY_KEY).start()) {
            run.write(1, batch(put("old", "p", "1")));
            run.write(2, batch(update("new", "p", "2")).withBefore(batch(put("old", "p", "1"))));
            assertThat(TableReading.texts(directory)).containsExactly("[new, p, 2]");
        }
    }

    @Test
    void commitsSeveralEpochsAtOnceAsIfOneByOne() {
        try (Incarnation run = upsert(BY_PATH).start()) {
            run.write(1, batch(put("x", "x", "0")));
            List<Prepared> group = new ArrayList<>();
            group.addAll(run.prepare(2, batch(put("a1", "a", "2"), put("b1", "b", "2"))));
            group.addAll(run.prepare(3, batch(delete(null, "a"), put("a2", "a", "3"), update("b1", "b", "3"))));
            group.addAll(run.prepare(4, batch(delete(null, "x"), put("c1", "c", "4"))));
            long before = TableReading.version(directory);
            assertThat(run.commit(group).values())
                    .containsOnly(Outcome.COMMITTED)
                    .hasSize(3);
            assertThat(TableReading.version(directory)).isEqualTo(before + 1);
            assertThat(TableReading.texts(directory)).containsExactly("[a2, a, 3]", "[b1, b, 3]", "[c1, c, 4]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "200", "64MiB"})
    void agreesWithAMapWhateverTheEpochsGroupsAndBuffers(String buffer) {
        long seed = 20261121;
        Random random = new Random(seed);
        SortedMap<String, String> expected = new TreeMap<>();
        Map<String, String> pathOf = new HashMap<>();
        try (Incarnation run = upsert(BY_PATH).set("write-buffer", buffer).start()) {
            List<Prepared> group = new ArrayList<>();
            for (long epoch = 1; epoch <= 24; epoch++) {
                List<RecordBatch> batches = new ArrayList<>();
                for (int b = 0; b < 3; b++) {
                    Change[] changes = new Change[6];
                    for (int i = 0; i < changes.length; i++) {
                        changes[i] = change(random, expected, pathOf, epoch + "." + b + "." + i);
                    }
                    batches.add(batch(changes));
                }
                group.addAll(run.prepare(epoch, batches.toArray(RecordBatch[]::new)));
                if (random.nextInt(3) == 0 || epoch == 24) {
                    run.commit(group);
                    group.clear();
                    assertThat(TableReading.texts(directory))
                            .as("seed %d epoch %d", seed, epoch)
                            .containsExactlyElementsOf(expected.values());
                }
            }
        }
    }

    private static Change change(
            Random random, SortedMap<String, String> expected, Map<String, String> pathOf, String text) {
        if (random.nextInt(5) == 0) {
            String path = "p" + random.nextInt(6);
            expected.keySet().removeIf(chunk -> path.equals(pathOf.get(chunk)));
            return delete(null, path);
        }
        String chunk = "k" + random.nextInt(30);
        String path = "p" + random.nextInt(6);
        expected.put(chunk, "[" + chunk + ", " + path + ", " + text + "]");
        pathOf.put(chunk, path);
        return random.nextBoolean() ? put(chunk, path, text) : update(chunk, path, text);
    }

    @Test
    void changesNothingWhenAnEpochIsReplayed() {
        List<Prepared> first;
        try (Incarnation run = upsert(BY_KEY).start()) {
            first = run.prepare(1, batch(put("a", "p", "1")));
            run.commit(first);
            run.write(2, batch(update("a", "p", "2")));
            assertThat(run.commit(first).values()).containsExactly(Outcome.ALREADY_COMMITTED);
        }
        assertThat(TableReading.texts(directory)).containsExactly("[a, p, 2]");
    }

    @Test
    void keepsManyDeletesInAFileRatherThanInTheHandle() {
        BatchBuilder many = new BatchBuilder(SCHEMA);
        BatchBuilder gone = new BatchBuilder(SCHEMA);
        for (int i = 0; i < 5000; i++) {
            many.append("key-" + i, "p", "1");
            gone.append(Row.of(SCHEMA, "key-" + i, null, null).with(Operation.DELETE));
        }
        try (Incarnation run = upsert(BY_KEY).start()) {
            run.write(1, many.build());
            List<Prepared> handles = run.prepare(2, gone.build(), batch(put("last", "p", "2")));
            assertThat(handles.get(0).handle().size()).isLessThan(1000);
            run.commit(handles);
        }
        assertThat(TableReading.texts(directory)).containsExactly("[last, p, 2]");
    }

    @Test
    void rejectsRowsWithoutAKeyAndDeletesWithoutWhatTheyGoBy() {
        Schema nullableKey = Schema.of(Field.of("chunk", DataType.STRING), Field.of("path", DataType.STRING));
        RecordBatch rows = new BatchBuilder(nullableKey)
                .append(null, "p")
                .append("a", "p")
                .append(Row.of(nullableKey, "b", null).with(Operation.DELETE))
                .build();
        try (Incarnation run =
                Incarnation.in(directory, nullableKey).mode(BY_PATH).start()) {
            run.writer().begin(new EpochId("run1", 1));
            WriteResult result = run.writer().write(rows);
            assertThat(result)
                    .isEqualTo(new WriteResult(
                            1,
                            List.of(
                                    new RejectedRow(0, "column 'chunk' has no value"),
                                    new RejectedRow(2, "column 'path', which deletes go by, has no value"))));
            run.commit(run.writer().prepare().stream().toList());
        }
        assertThat(TableReading.texts(directory)).containsExactly("[a, p]");
    }
}
