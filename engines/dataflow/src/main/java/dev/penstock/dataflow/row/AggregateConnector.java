package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.window.WindowStep;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code aggregate}: sums up the rows of each key in windows of time. */
public final class AggregateConnector implements KeyedConnector {
    static final ConfigKey<Map<String, String>> COLUMNS = ConfigKey.stringMap(
                    "columns",
                    "New columns and what they are made of: count(), or sum, avg, min, max, collect of a column")
            .require()
            .example("{ total: sum(price), orders: count() }");

    private static final ConfigSpec SPEC = WindowSettings.spec(COLUMNS);

    @Override
    public ConnectorDescriptor descriptor() {
        return KeyedConnector.descriptor("aggregate", "Sums up the rows of each key in windows of time", SPEC);
    }

    @Override
    public KeyedStep<?> step(String id, Config config) {
        WindowSettings window = WindowSettings.of(config);
        WindowColumns columns = new WindowColumns(config.get(KeyColumns.KEY), window);
        AggregateRows rows = new AggregateRows(columns, aggregates(config));
        return new WindowStep<>(id, rows, new AggregateLogic(rows), window.options());
    }

    private static List<Aggregate> aggregates(Config config) {
        List<Problem> problems = new ArrayList<>();
        List<Aggregate> aggregates = new ArrayList<>();
        config.get(COLUMNS)
                .forEach((name, text) ->
                        Aggregate.parse(name, text, problems::add).ifPresent(aggregates::add));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return aggregates;
    }
}
