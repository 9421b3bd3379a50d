package dev.penstock.dataflow.debezium;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.debezium.EncoderSettings.Rows;
import dev.penstock.dataflow.format.EventEncoder;
import dev.penstock.dataflow.format.TableEventEncoder;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.EncodedRecords;
import dev.penstock.spi.format.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes change events. */
final class DebeziumEncoder implements Encoder {
    private final Config config;
    private @Nullable Function<RecordBatch, EncodedRecords> encoder;

    DebeziumEncoder(Config config) {
        this.config = config;
    }

    @Override
    public void check(Schema rows) {
        List<Problem> problems = new ArrayList<>();
        if (config.get(EncoderSettings.ROWS) == Rows.EVENTS) {
            TableEventEncoder.problems(rows)
                    .forEach(problem -> problems.add(Problem.error(
                            EncoderSettings.ROWS.name(),
                            Problem.Code.INCOMPATIBLE,
                            problem,
                            "read several tables with the postgres source, and name columns of other steps in"
                                    + " 'without'")));
        } else {
            rows.fields().forEach(field -> check(field.name(), field.type(), problems));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private static void check(String column, DataType type, List<Problem> problems) {
        if (type instanceof DataType.MapOf map) {
            if (map.key() != DataType.STRING) {
                problems.add(Problem.error(
                        "",
                        Problem.Code.INCOMPATIBLE,
                        "column '" + column + "' is a map whose keys are "
                                + map.key().text(),
                        "drop it, or use keys that are strings"));
            }
            check(column, map.value(), problems);
        } else if (type instanceof DataType.ListOf list) {
            check(column, list.element(), problems);
        } else if (type instanceof DataType.Struct struct) {
            struct.fields().forEach(field -> check(column + "." + field.name(), field.type(), problems));
        }
    }

    @Override
    public boolean writesOperations() {
        return true;
    }

    @Override
    public boolean takesUnchanged() {
        return true;
    }

    @Override
    public void open(ConnectorContext context, Schema rows) {
        EventEncoder.Source source = EncoderSettings.source(config);
        encoder = config.get(EncoderSettings.ROWS) == Rows.EVENTS
                ? new TableEventEncoder(rows, source)::encode
                : new EventEncoder(rows, source, config.get(EncoderSettings.SCHEMAS))::encode;
    }

    @Override
    public EncodedRecords encode(RecordBatch rows) {
        return requireNonNull(encoder, "encoder").apply(rows);
    }

    @Override
    public void close() {}
}
