package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.window.Firing;
import dev.penstock.dataflow.window.OpenWindow;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns that results of windows begin and end with: the key, the window, and whether it was final. */
record WindowColumns(List<String> key, WindowSettings window) {
    static final String START = "window_start";
    static final String END = "window_end";
    static final String FIRING = "firing";

    /** Nothing comes out by the output of what is known of windows: results carry it. */
    static final Schema META = Schema.of(Field.of(END, DataType.TIMESTAMP));

    /** The columns of results, whose own are {@code results}. */
    Schema schema(Schema input, List<Field> results) {
        List<Field> fields = new ArrayList<>();
        key.forEach(column -> fields.add(input.field(column)));
        if (!window.isGlobal()) {
            fields.add(Field.of(START, DataType.TIMESTAMP));
            fields.add(Field.of(END, DataType.TIMESTAMP));
        }
        fields.addAll(results);
        if (window.isRevised()) {
            fields.add(Field.of(FIRING, DataType.STRING));
        }
        refuseDoubles(fields);
        return new Schema(fields);
    }

    private static void refuseDoubles(List<Field> fields) {
        Set<String> names = new HashSet<>();
        List<Problem> doubles = fields.stream()
                .map(Field::name)
                .filter(name -> !names.add(name))
                .distinct()
                .map(name -> Problem.error(
                        "columns." + name,
                        Problem.Code.CONFLICT,
                        "there would be two columns '" + name + "'",
                        "give one of them another name, or rename it before"))
                .toList();
        if (!doubles.isEmpty()) {
            throw new ConfigException(doubles);
        }
    }

    /** Emits a result, which happened when its window ended. */
    void emit(OpenWindow of, Firing firing, List<@Nullable Object> results, KeyContext<?> context) {
        List<@Nullable Object> values =
                new ArrayList<>(Arrays.asList(context.key().values()));
        if (!window.isGlobal()) {
            values.add(instant(of.openTime()));
            values.add(instant(of.closeTime()));
        }
        values.addAll(results);
        if (window.isRevised()) {
            values.add(firing.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        long time = window.isGlobal() ? RecordBatch.NO_EVENT_TIME : of.resultTime();
        context.emitAt(0, time, values.toArray());
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
