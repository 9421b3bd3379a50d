package dev.penstock.dataflow.row;

import dev.penstock.dataflow.flow.EmitMode;
import dev.penstock.dataflow.flow.InsertMode;
import dev.penstock.dataflow.flow.WindowJoinLogic;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.window.WindowStep;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code join}: brings the rows of two steps together that have the same key in the same window. */
public final class JoinConnector implements KeyedConnector {
    /** What becomes of rows without a partner when the window closes. */
    enum Missing {
        KEEP,
        DROP
    }

    static final ConfigKey<InsertMode> INSERT = ConfigKey.choice(
                    "insert", InsertMode.class, "Which rows of a side count: the first of a key, the last, or all")
            .defaultValue(InsertMode.PRODUCT);
    static final ConfigKey<EmitMode> EMIT = ConfigKey.choice(
                    "emit",
                    EmitMode.class,
                    "When pairs come out: when the window closes, as soon as both sides are there, which are forgotten"
                            + " then, or after every row")
            .defaultValue(EmitMode.FINAL);
    static final ConfigKey<Missing> MISSING = ConfigKey.choice(
                    "missing",
                    Missing.class,
                    "When the window closes, keep rows without a partner, with nulls in its place, or drop them")
            .defaultValue(Missing.DROP);

    private static final ConfigSpec SPEC = WindowSettings.spec(INSERT, EMIT, MISSING);

    @Override
    public ConnectorDescriptor descriptor() {
        return KeyedConnector.descriptor(
                "join", "Brings rows of two steps together that have the same key in the same window", SPEC);
    }

    @Override
    public int inputs() {
        return 2;
    }

    @Override
    public KeyedStep<?> step(String id, Config config) {
        WindowSettings window = WindowSettings.of(config);
        if (window.isGlobal()) {
            throw new ConfigException(List.of(Problem.error(
                    "",
                    Problem.Code.MISSING,
                    "says no window, so that rows would be kept for ever",
                    "give one of tumbling, sliding, session and count")));
        }
        JoinRows rows = new JoinRows(
                new WindowColumns(config.get(KeyColumns.KEY), window), config.get(MISSING) == Missing.KEEP);
        StateCodec<Object> values = StateCodec.ofValues();
        WindowJoinLogic<@Nullable Object[]> logic =
                new WindowJoinLogic<>(List.of(values, values), config.get(INSERT), config.get(EMIT), sides -> sides);
        return new WindowStep<>(id, rows, logic, window.options());
    }
}
