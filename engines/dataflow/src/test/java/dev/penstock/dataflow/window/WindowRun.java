package dev.penstock.dataflow.window;

import dev.penstock.dataflow.operator.Key;
import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyEncoder;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.RecordBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step with windows on one worker behind one source partition, without an engine: it keeps the promises that engines
 * make to operators, and nothing else. Times are in seconds.
 */
final class WindowRun {
    private static final long SECOND = 1_000_000;

    final List<String> results = new ArrayList<>();
    final List<String> late = new ArrayList<>();
    final List<String> meta = new ArrayList<>();

    /** Whether nobody takes late items and what is known of windows. */
    boolean onlyResults;

    /** How many late items the step has counted. */
    long lateItems;

    private final WindowStep<String, ?, ?> step;
    private final Map<Key, RunContext> keys = new LinkedHashMap<>();
    private final long outOfOrder;
    private long watermark = KeyContext.NO_WATERMARK;
    private long greatest = KeyContext.NO_WATERMARK;
    private long clock;
    private KeyedOperator<WindowState<String>> operator;

    /** An item: {@code value} of {@code key} at {@code seconds}. */
    record Item(String key, double seconds, String value) {
        long micros() {
            return Math.round(seconds * SECOND);
        }
    }

    WindowRun(WindowOptions options, WindowLogic<String, ?, ?> logic, Duration outOfOrder) {
        this.step = new WindowStep<>("windows", rows(), logic, options);
        this.outOfOrder = Micros.of(outOfOrder);
        this.operator = step.create();
    }

    @SuppressWarnings("unchecked") // results are only printed
    private <R> WindowRows<String, R> rows() {
        return (WindowRows<String, R>) new PrintedRows(this);
    }

    /** A step that collects values into lists. */
    static WindowRun lists(WindowOptions options) {
        return new WindowRun(options, new ListLogic(), Duration.ZERO);
    }

    /** A step of event time that collects values into lists and waits for {@code outOfOrder}. */
    static WindowRun lists(Windower windower, Duration outOfOrder) {
        return new WindowRun(WindowOptions.of(windower, TimeDomain.EVENT), new ListLogic(), outOfOrder);
    }

    /** As {@link #lists(Windower, Duration)}, without waiting. */
    static WindowRun lists(Windower windower) {
        return lists(windower, Duration.ZERO);
    }

    static Item item(String key, double seconds, String value) {
        return new Item(key, seconds, value);
    }

    /** One item a batch: each a value and its time, as in {@code a0 b8.5}; all of one key. */
    WindowRun each(String items) {
        parse(items).forEach(item -> batch(List.of(item)));
        return this;
    }

    /** All items in one batch. */
    WindowRun once(String items) {
        return batch(parse(items));
    }

    private static List<Item> parse(String items) {
        List<Item> parsed = new ArrayList<>();
        for (String text : items.split(" ", -1)) {
            parsed.add(item("key", Double.parseDouble(text.substring(1)), text.substring(0, 1)));
        }
        return parsed;
    }

    WindowRun batch(List<Item> items) {
        BatchBuilder builder = new BatchBuilder(PrintedRows.INPUT);
        items.forEach(item -> builder.append(item.key(), item.value()));
        RecordBatch batch = builder.build()
                .withEventTimes(items.stream().mapToLong(Item::micros).toArray());
        long[] watermarks = new long[items.size()];
        for (int i = 0; i < watermarks.length; i++) {
            watermarks[i] = partitionWatermark();
            greatest = Math.max(greatest, items.get(i).micros());
        }
        hand(batch, watermarks);
        advance(partitionWatermark());
        return this;
    }

    /** An item whose time nobody knows. */
    WindowRun withoutTime(String value) {
        RecordBatch batch =
                new BatchBuilder(PrintedRows.INPUT).append("key", value).build();
        hand(batch, new long[] {watermark});
        return this;
    }

    private long partitionWatermark() {
        return greatest < KeyContext.NO_WATERMARK + outOfOrder ? KeyContext.NO_WATERMARK : greatest - outOfOrder;
    }

    private void hand(RecordBatch batch, long[] watermarks) {
        KeyEncoder encoder = new KeyEncoder(batch.schema(), List.of("key"));
        encoder.bind(batch);
        Map<Key, List<Integer>> groups = new LinkedHashMap<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            encoder.encode(row);
            groups.computeIfAbsent(encoder.key(), key -> new ArrayList<>()).add(row);
        }
        groups.forEach((key, rows) -> {
            RunContext context = keys.computeIfAbsent(key, added -> new RunContext(added, late -> lateItems += late));
            context.allTaken = !onlyResults;
            operator.onRows(new RunRows(batch, rows, watermarks), context.at(watermark, clock));
        });
        forgetEmpty();
    }

    /** Moves the watermark of the step, and fires what is due. */
    WindowRun advance(long micros) {
        watermark = Math.max(watermark, micros);
        fire(TimeDomain.EVENT, watermark);
        return this;
    }

    WindowRun advanceSeconds(double seconds) {
        return advance(Math.round(seconds * SECOND));
    }

    /** Moves the wall clock, and fires what is due. */
    WindowRun clock(double seconds) {
        clock = Math.round(seconds * SECOND);
        fire(TimeDomain.PROCESSING, clock);
        return this;
    }

    private void fire(TimeDomain domain, long until) {
        for (RunContext context : List.copyOf(keys.values())) {
            context.takeDue(domain, until).forEach(timer -> operator.onTimer(timer, context.at(watermark, clock)));
        }
        forgetEmpty();
    }

    /** The end of the input. */
    WindowRun end() {
        advance(Long.MAX_VALUE);
        keys.values().forEach(context -> operator.onEnd(context.at(watermark, clock)));
        forgetEmpty();
        return this;
    }

    private void forgetEmpty() {
        keys.values().removeIf(RunContext::isEmpty);
    }

    /** Stops and starts: all that is left is what the codec has written. */
    WindowRun restart() {
        keys.values().forEach(context -> context.restore(copy(context.kept())));
        operator = step.create();
        return this;
    }

    private WindowState<String> copy(WindowState<String> state) {
        StateCodec<WindowState<String>> codec = step.codec();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            codec.write(state, new DataOutputStream(bytes));
            return codec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), codec.version());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many keys have state. */
    int keys() {
        return keys.size();
    }

    /** Rows of one key. */
    private record RunRows(RecordBatch batch, List<Integer> rows, long[] watermarks) implements KeyedRows {
        @Override
        public int input() {
            return 0;
        }

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
            return watermarks[rows.get(index)];
        }
    }
}
