package dev.penstock.dataflow.window;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Optional;

/** Prints what comes out into the lists of a run, as {@code key:0[a, b]}. */
record PrintedRows(WindowRun run) implements WindowRows<String, Object> {
    static final Schema INPUT =
            Schema.of(Field.required("key", DataType.STRING), Field.required("value", DataType.STRING));

    private static final double SECOND = 1_000_000;

    @Override
    public List<List<String>> keyColumns() {
        return List.of(List.of("key"));
    }

    @Override
    public List<Schema> outputs(List<Schema> inputs) {
        return List.of(INPUT, INPUT, INPUT);
    }

    @Override
    public Optional<EventTime> eventTime(int input) {
        return Optional.empty();
    }

    @Override
    public StateCodec<String> codec(int input) {
        return StateCodec.ofString();
    }

    @Override
    public String value(KeyedRows rows, int index) {
        return requireNonNull(rows.batch().row(rows.row(index)).get("value", String.class));
    }

    @Override
    public void result(OpenWindow window, Firing firing, Object result, KeyContext<?> context) {
        String mark = firing == Firing.ON_TIME ? "" : " " + firing;
        run.results.add(key(context) + window.id() + result + mark);
    }

    @Override
    public void late(long windowId, long time, String value, KeyContext<?> context) {
        run.late.add(key(context) + windowId + value);
    }

    @Override
    public void closed(OpenWindow window, KeyContext<?> context) {
        String merged = window.metadata().mergedIds().isEmpty()
                ? ""
                : " merged " + window.metadata().mergedIds();
        run.meta.add(key(context) + window.id() + "[" + text(window.openTime()) + ", " + text(window.closeTime()) + "]"
                + merged);
    }

    private static String key(KeyContext<?> context) {
        String key = String.valueOf(context.key().values()[0]);
        return key.equals("key") ? "" : key + ":";
    }

    private static String text(long micros) {
        double seconds = micros / SECOND;
        return seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds);
    }
}
