package dev.penstock.dataflow.debezium;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.format.EventEncoder;
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
import org.jspecify.annotations.Nullable;

/** Writes change events. */
final class DebeziumEncoder implements Encoder {
    private final Config config;
    private @Nullable EventEncoder encoder;

    DebeziumEncoder(Config config) {
        this.config = config;
    }

    @Override
    public void check(Schema rows) {
        List<Problem> problems = new ArrayList<>();
        rows.fields().forEach(field -> check(field.name(), field.type(), problems));
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
        encoder = new EventEncoder(rows, EncoderSettings.source(config), config.get(EncoderSettings.SCHEMAS));
    }

    @Override
    public EncodedRecords encode(RecordBatch rows) {
        return requireNonNull(encoder, "encoder").encode(rows);
    }

    @Override
    public void close() {}
}
