package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.Key;
import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyEncoder;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateBytes;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The simplest thing that calls an operator in the order that {@link KeyedOperator} promises. After every call it can
 * write the state to bytes, read it again and go on with a new operator.
 */
final class ReferenceStage<S> {
    private final KeyedStep<S> step;
    private final boolean restoring;
    private final Map<Key, Kept<S>> keys = new TreeMap<>();
    private final List<Map.Entry<Object, Object>> emitted = new ArrayList<>();
    private KeyedOperator<S> operator;
    private long watermark = KeyContext.NO_WATERMARK;
    private long micros;

    private static final class Kept<S> {
        @Nullable S state;

        final TreeSet<Timer> timers = new TreeSet<>(
                Comparator.comparing(Timer::domain).thenComparing(Timer::time).thenComparing(Timer::tag));
    }

    private ReferenceStage(KeyedStep<S> step, boolean restoring) {
        this.step = step;
        this.restoring = restoring;
        this.operator = step.create();
    }

    /** A stage of the only step with memory that {@code build} adds to a stream of texts as keys. */
    static <V> ReferenceStage<?> of(boolean restoring, Function<KeyedStream<String, V>, KeyedStream<String, ?>> build) {
        Flow flow = Flow.named("test").withoutCheckpoint();
        Stream<V> items = flow.read("in", ItemSource.of(List.<V>of()));
        return of(flow, restoring, build.apply(items.keyBy("key", String::valueOf)));
    }

    static ReferenceStage<?> of(Flow flow, boolean restoring, KeyedStream<String, ?> last) {
        last.to("out", ItemSink.forEach(entry -> {}));
        PlanNode.KeyedNode node = flow.plan().nodes(PlanNode.KeyedNode.class).get(0);
        return new ReferenceStage<>(node.step(), restoring);
    }

    /** Hands over a batch of keys and items, in turn. */
    void feed(int input, Object... keysAndItems) {
        int count = keysAndItems.length / 2;
        Object[] keyValues = new Object[count];
        Object[] items = new Object[count];
        for (int i = 0; i < count; i++) {
            keyValues[i] = keysAndItems[2 * i];
            items[i] = keysAndItems[2 * i + 1];
        }
        RecordBatch batch = Items.keyed(keyValues, items, count);
        grouped(batch)
                .forEach((key, rows) -> call(key, context -> operator.onRows(new Rows(input, batch, rows), context)));
        fire(TimeDomain.EVENT, watermark);
    }

    private static Map<Key, List<Integer>> grouped(RecordBatch batch) {
        KeyEncoder encoder = new KeyEncoder(Items.KEYED, List.of(Items.KEY));
        encoder.bind(batch);
        Map<Key, List<Integer>> groups = new LinkedHashMap<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            encoder.encode(row);
            groups.computeIfAbsent(encoder.key(), key -> new ArrayList<>()).add(row);
        }
        return groups;
    }

    /** Lets the wall clock go on, and timers fire. */
    void pass(Duration time) {
        micros += Timer.micros(time);
        fire(TimeDomain.PROCESSING, micros);
    }

    void watermark(long time) {
        watermark = time;
        fire(TimeDomain.EVENT, time);
    }

    /** The inputs have come to their end. */
    void end() {
        watermark(Long.MAX_VALUE);
        for (Key key : List.copyOf(keys.keySet())) {
            call(key, context -> operator.onEnd(context));
        }
    }

    private void fire(TimeDomain domain, long now) {
        for (Key key : List.copyOf(keys.keySet())) {
            Kept<S> kept = keys.get(key);
            while (kept != null && next(kept, domain, now).isPresent()) {
                Timer timer = next(kept, domain, now).get();
                kept.timers.remove(timer);
                call(key, context -> operator.onTimer(timer, context));
            }
        }
    }

    private static Optional<Timer> next(Kept<?> kept, TimeDomain domain, long now) {
        return kept.timers.stream()
                .filter(timer -> timer.domain() == domain && timer.time() <= now)
                .findFirst();
    }

    private void call(Key key, Consumer<KeyContext<S>> call) {
        Kept<S> kept = keys.computeIfAbsent(key, added -> new Kept<>());
        call.accept(new Context(key, kept));
        if (kept.state == null && kept.timers.isEmpty()) {
            keys.remove(key);
        }
        if (restoring) {
            operator = step.create();
            kept.state = kept.state == null ? null : StateBytes.copy(step.codec(), kept.state);
        }
    }

    int liveKeys() {
        return keys.size();
    }

    /** What was emitted since the last call, as {@code key=item}. */
    List<String> taken() {
        List<String> taken = emitted.stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        emitted.clear();
        return taken;
    }

    private record Rows(int input, RecordBatch batch, List<Integer> rows) implements KeyedRows {
        @Override
        public int count() {
            return rows.size();
        }

        @Override
        public int row(int index) {
            return rows.get(index);
        }

        @Override
        public long watermark(int index) {
            return KeyContext.NO_WATERMARK;
        }
    }

    private final class Context implements KeyContext<S> {
        private final Key key;
        private final Kept<S> kept;

        Context(Key key, Kept<S> kept) {
            this.key = key;
            this.kept = kept;
        }

        @Override
        public Key key() {
            return key;
        }

        @Override
        public Optional<S> state() {
            return Optional.ofNullable(kept.state);
        }

        @Override
        public void put(S state) {
            kept.state = state;
        }

        @Override
        public void drop() {
            kept.state = null;
        }

        @Override
        public void setTimer(Timer timer) {
            kept.timers.add(timer);
        }

        @Override
        public void cancelTimer(Timer timer) {
            kept.timers.remove(timer);
        }

        @Override
        public long watermark() {
            return watermark;
        }

        @Override
        public long processingTime() {
            return micros;
        }

        @Override
        public void emit(int output, @Nullable Object... values) {
            emitAt(output, RecordBatch.NO_EVENT_TIME, values);
        }

        @Override
        public void emitAt(int output, long eventTime, @Nullable Object... values) {
            emitted.add(Map.entry(values[0], values[1]));
        }

        @Override
        public void forward(int output, KeyedRows rows, int index) {
            throw new UnsupportedOperationException("the steps of flows emit items");
        }
    }
}
