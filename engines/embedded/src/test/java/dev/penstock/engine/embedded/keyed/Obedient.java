package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Does what the rows say. */
record Obedient(Optional<Duration> timeToLive) implements KeyedStep<String>, KeyedOperator<String> {
    static final Schema INPUT =
            Schema.of(Field.required("key", DataType.STRING), Field.required("order", DataType.STRING));
    private static final Schema OUTPUT = Schema.of(Field.required("said", DataType.STRING));

    @Override
    public String id() {
        return "obedient";
    }

    @Override
    public List<List<String>> keyColumns() {
        return List.of(List.of("key"));
    }

    @Override
    public List<Schema> outputs(List<Schema> inputs) {
        return List.of(OUTPUT);
    }

    @Override
    public StateCodec<String> codec() {
        return StateCodec.ofString();
    }

    @Override
    public KeyedOperator<String> create() {
        return this;
    }

    @Override
    public void onRows(KeyedRows rows, KeyContext<String> context) {
        for (int i = 0; i < rows.count(); i++) {
            String[] order =
                    rows.batch().row(rows.row(i)).get("order", String.class).split(" ");
            obey(order, context);
        }
    }

    private static void obey(String[] order, KeyContext<String> context) {
        switch (order[0]) {
            case "put" -> context.put(order[1]);
            case "drop" -> context.drop();
            case "event" -> context.setTimer(Timer.eventTime(Long.parseLong(order[1]), 0));
            case "clock" -> context.setTimer(Timer.processingTime(Long.parseLong(order[1]), 0));
            case "cancel" -> context.cancelTimer(Timer.eventTime(Long.parseLong(order[1]), 0));
            case "fail" -> throw new IllegalArgumentException("told to");
            default -> context.emit(0, context.key() + "=" + context.state().orElse("none"));
        }
    }

    @Override
    public void onTimer(Timer timer, KeyContext<String> context) {
        context.emit(
                0,
                context.key() + "@" + timer.time() + " state " + context.state().orElse("none") + " watermark "
                        + context.watermark());
        if (context.state().filter("again"::equals).isPresent()) {
            context.setTimer(Timer.eventTime(timer.time() + 1, 0));
        }
    }

    @Override
    public void onEnd(KeyContext<String> context) {
        context.emit(0, context.key() + " end " + context.state().orElse("none"));
    }
}
