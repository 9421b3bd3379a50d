package dev.penstock.dataflow.transform;

import dev.penstock.dataflow.format.Format;
import dev.penstock.dataflow.format.RecordDecoder;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes the formats that come with Penstock. */
final class BuiltInDecoding implements Decoding {
    private final Config config;
    private @Nullable RecordDecoder decoder;

    BuiltInDecoding(Config config) {
        this.config = config;
    }

    @Override
    public List<Field> fields(List<Problem> problems) {
        problems.addAll(CsvSettings.check(config));
        Optional<Map<String, String>> columns = config.find(DecodeConnector.COLUMNS);
        boolean text = config.get(DecodeConnector.FORMAT) == Format.TEXT;
        if (columns.isEmpty() && text) {
            return List.of(Field.required("text", DataType.STRING));
        }
        if (columns.isEmpty() || columns.get().isEmpty()) {
            problems.add(missing());
            return List.of();
        }
        List<Field> fields = new ArrayList<>();
        columns.get().forEach((name, type) -> field(name, type, problems).ifPresent(fields::add));
        if (text && (fields.size() != 1 || fields.get(0).type() != DataType.STRING)) {
            problems.add(Problem.error(
                    "columns", Problem.Code.INVALID, "format text gives one column of strings", "leave it out"));
        }
        return fields;
    }

    static Problem missing() {
        return Problem.error(
                "columns",
                Problem.Code.MISSING,
                "is missing, and the data gave nothing to find columns in",
                "name the columns and their types, for example {id: int64, name: string}");
    }

    private static Optional<Field> field(String name, String written, List<Problem> problems) {
        try {
            return Optional.of(Field.parse(name, written));
        } catch (IllegalArgumentException e) {
            problems.add(Problem.error("columns." + name, Problem.Code.INVALID, String.valueOf(e.getMessage()), ""));
            return Optional.empty();
        }
    }

    @Override
    public void open(ConnectorContext context) {}

    @Override
    public Decoded decode(RecordBatch input, BytesColumn records) {
        RecordDecoder current = decoder;
        if (current == null) {
            current = RecordDecoder.of(DecodeConnector.options(config), fields(new ArrayList<>()));
            decoder = current;
        }
        RecordDecoder.Decoded decoded = current.decode(input, records);
        return new Decoded(decoded.columns(), Optional.empty(), decoded.inputRows(), decoded.rejected());
    }

    @Override
    public void close() {}
}
