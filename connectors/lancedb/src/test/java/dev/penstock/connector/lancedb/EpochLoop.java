package dev.penstock.connector.lancedb;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A small engine: makes changes that depend on nothing but the number of the epoch, gives them to some writers by path,
 * seals, commits, and can go on in another process from what its {@link Store} holds.
 */
final class EpochLoop {
    static final Schema SCHEMA = Schema.of(
            Field.required("chunk", DataType.STRING),
            Field.of("path", DataType.STRING),
            Field.of("text", DataType.STRING));
    static final WriteMode MODE = new WriteMode(WriteMode.Kind.UPSERT, List.of("chunk"), List.of("path"));

    private static final int PATHS = 8;
    private static final int CHUNKS = 4;

    /** What survives a crash. */
    interface Store {
        State load();

        void save(State state);
    }

    /** The last sealed epoch, what may not be committed yet, and how many incarnations there were. */
    record State(long sealed, List<Prepared> pending, int incarnations) {
        static final State FIRST = new State(-1, List.of(), 0);
    }

    private EpochLoop() {}

    /** One document's new chunks in an epoch: a delete of its path and then the chunks, or the delete alone. */
    private static Map<String, String> document(long epoch, int path) {
        Random random = new Random(epoch * PATHS + path);
        Map<String, String> chunks = new TreeMap<>();
        int count = random.nextInt(CHUNKS);
        for (int i = 0; i < count; i++) {
            chunks.put("p" + path + "#" + i, "epoch " + epoch);
        }
        return chunks;
    }

    private static boolean isChanged(long epoch, int path) {
        return new Random(31 * epoch + path).nextInt(3) == 0;
    }

    /** The rows that the table must hold after {@code epochs}, as {@link TableReading#texts} gives them. */
    static List<String> expected(long epochs) {
        Map<String, Map<String, String>> documents = new TreeMap<>();
        for (long epoch = 1; epoch <= epochs; epoch++) {
            for (int path = 0; path < PATHS; path++) {
                if (isChanged(epoch, path)) {
                    documents.put("p" + path, document(epoch, path));
                }
            }
        }
        List<String> rows = new ArrayList<>();
        documents.forEach((path, chunks) ->
                chunks.forEach((chunk, text) -> rows.add("[" + chunk + ", " + path + ", " + text + "]")));
        return rows.stream().sorted().toList();
    }

    private static RecordBatch changes(long epoch, int writer, int writers) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        for (int path = writer; path < PATHS; path += writers) {
            if (isChanged(epoch, path)) {
                String name = "p" + path;
                builder.append(Row.of(SCHEMA, null, name, null).with(Operation.DELETE));
                document(epoch, path).forEach((chunk, text) -> builder.append(chunk, name, text));
            }
        }
        return builder.build();
    }

    /** Runs to {@code lastEpoch}, grouping commits now and then. */
    static void run(Incarnation.Builder settings, int writers, Store store, long lastEpoch) {
        State state = store.load();
        int incarnation = state.incarnations() + 1;
        store.save(new State(state.sealed(), state.pending(), incarnation));
        Incarnation run = settings.mode(MODE)
                .run("run-" + incarnation, incarnation)
                .writers(writers)
                .restored(state.sealed(), List.of())
                .start();
        List<Prepared> pending = new ArrayList<>(state.pending());
        run.committer().claim();
        commit(run, pending);
        for (long epoch = Math.max(1, state.sealed() + 1); epoch <= lastEpoch; epoch++) {
            pending.addAll(seal(run, epoch, writers));
            store.save(new State(epoch, pending, incarnation));
            if (epoch % 3 != 0 || epoch == lastEpoch) {
                commit(run, pending);
            }
        }
        store.save(new State(lastEpoch, List.of(), incarnation));
        run.close();
    }

    private static List<Prepared> seal(Incarnation run, long epoch, int writers) {
        List<Prepared> sealed = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            run.writers.get(writer).begin(new EpochId(run.run, epoch));
            run.writers.get(writer).write(changes(epoch, writer, writers));
            run.writers.get(writer).prepare().ifPresent(sealed::add);
        }
        return sealed;
    }

    private static void commit(Incarnation run, List<Prepared> pending) {
        if (!pending.isEmpty()) {
            Map<Prepared, Outcome> outcomes = run.commit(pending);
            if (outcomes.size() != pending.size()
                    || outcomes.containsValue(Outcome.LOST)
                    || outcomes.containsValue(Outcome.RETRY)) {
                throw new IllegalStateException("outcomes " + outcomes);
            }
            pending.clear();
        }
    }
}
