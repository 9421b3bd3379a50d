package dev.penstock.benchmarks;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSink;
import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.dataflow.flow.State;
import dev.penstock.dataflow.flow.Update;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.engine.embedded.keyed.KeyedSnapshot;
import dev.penstock.engine.embedded.keyed.KeyedStage;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.ObjectColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The stage of a running count, driven as a worker drives it: rows, a barrier, the changes taken by another thread. */
final class SnapshotPauses {
    private static final Schema KEYED = Schema.of(Field.of("key", DataType.OBJECT), Field.of("item", DataType.OBJECT));
    private static final int EPOCHS = 300;
    private static final int WARM_UP = 50;
    private static final int BATCH = 4096;

    private final String[] keys;
    private final KeyedStage<?> stage;
    private int next;

    private SnapshotPauses(int count) {
        keys = new String[count];
        for (int i = 0; i < count; i++) {
            keys[i] = "k" + i;
        }
        stage = new KeyedStage<>(step(), 0, List.of(KEYED), InstantSource.system(), (output, batch) -> {});
    }

    private static KeyedStep<?> step() {
        Flow flow = Flow.named("snapshot").withoutCheckpoint();
        flow.read("in", ItemSource.of("item"))
                .keyBy("key", item -> item)
                .statefulMap("count", State.of(StateCodec.ofLong()), (count, item) -> {
                    long more = count.orElse(0L) + 1;
                    return Update.keep(more, more);
                })
                .dropKey("counts")
                .to("out", ItemSink.forEach(count -> {}));
        return flow.plan().nodes().stream()
                .filter(PlanNode.KeyedNode.class::isInstance)
                .map(node -> ((PlanNode.KeyedNode) node).step())
                .findFirst()
                .orElseThrow();
    }

    /** Arguments: p50, p99 or max; how many keys. */
    public static void main(String[] arguments) throws Exception {
        SnapshotPauses pauses = new SnapshotPauses(Integer.parseInt(arguments[1]));
        double[] seconds = pauses.measure();
        Arrays.sort(seconds);
        int rank = switch (arguments[0]) {
            case "p50" -> seconds.length / 2;
            case "p99" -> seconds.length * 99 / 100;
            default -> seconds.length - 1;
        };
        System.out.printf(Locale.ROOT, "measured units=1 seconds=%.9f cpu=%.9f%n", seconds[rank], seconds[rank]);
    }

    private double[] measure() throws Exception {
        ExecutorService sealing = Executors.newSingleThreadExecutor();
        change(keys.length);
        sealing.submit(stage.snapshot()::changes).get();
        double[] seconds = new double[EPOCHS];
        Future<?> sealed = null;
        for (int epoch = -WARM_UP; epoch < EPOCHS; epoch++) {
            change(keys.length / 100);
            if (sealed != null) {
                sealed.get();
            }
            long start = System.nanoTime();
            KeyedSnapshot<?> snapshot = stage.snapshot();
            seconds[Math.max(0, epoch)] = (System.nanoTime() - start) / 1e9;
            sealed = sealing.submit(snapshot::changes);
            stage.durable();
        }
        sealing.shutdown();
        return seconds;
    }

    /** An item for each of the next {@code count} keys, by steps that meet all. */
    private void change(int count) {
        for (int done = 0; done < count; done += BATCH) {
            int rows = Math.min(BATCH, count - done);
            Object[] batchKeys = new Object[rows];
            Object[] items = new Object[rows];
            for (int row = 0; row < rows; row++) {
                next = (int) ((next + 514_229L) % keys.length);
                batchKeys[row] = keys[next];
                items[row] = "item";
            }
            stage.rows(0, RecordBatch.of(KEYED, rows, List.of(new ObjectColumn(batchKeys), new ObjectColumn(items))));
        }
    }
}
