package dev.penstock.dataflow.transform;

import dev.penstock.dataflow.format.Format;
import dev.penstock.dataflow.format.RecordEncoder;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Payload;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.EncodedRecords;
import java.util.List;

/** Encodes the formats that come with Penstock. */
final class BuiltInEncoding implements Encoding {
    private final Config config;
    private final Format format;
    private final RecordEncoder encoder;

    BuiltInEncoding(Config config) {
        this.config = config;
        this.format = config.get(EncodeConnector.FORMAT);
        this.encoder = new RecordEncoder(format, CsvSettings.bind(config));
    }

    @Override
    public void check(Schema written, List<Problem> problems) {
        if (format == Format.TEXT) {
            checkText(written, problems);
        }
        written.fields().forEach(field -> checkKeys(field.name(), field.type(), problems));
    }

    private static void checkText(Schema written, List<Problem> problems) {
        if (written.size() != 1 || written.field(0).type() != DataType.STRING) {
            problems.add(Problem.error(
                    EncodeConnector.FORMAT.name(),
                    Problem.Code.INCOMPATIBLE,
                    "text holds one column of strings, found " + written,
                    "use ndjson or csv, or keep one column"));
        }
    }

    /** Keys of JSON objects are strings, so keys of maps must have a text of their own. */
    private static void checkKeys(String column, DataType type, List<Problem> problems) {
        if (type instanceof DataType.MapOf map) {
            if (!(map.key() instanceof DataType.Scalar)) {
                problems.add(Problem.error(
                        "",
                        Problem.Code.INCOMPATIBLE,
                        "column '" + column + "' is a map whose keys are "
                                + map.key().text(),
                        "drop it, or use keys that are strings or numbers"));
            }
            checkKeys(column, map.value(), problems);
        } else if (type instanceof DataType.ListOf list) {
            checkKeys(column, list.element(), problems);
        } else if (type instanceof DataType.Struct struct) {
            struct.fields().forEach(field -> checkKeys(column + "." + field.name(), field.type(), problems));
        }
    }

    @Override
    public Field field(Schema written) {
        return format != Format.CSV || !config.get(CsvSettings.HEADER)
                ? Payload.FIELD
                : Payload.FIELD.with(Payload.HEADER, encoder.header(written.names()));
    }

    @Override
    public void open(ConnectorContext context) {}

    @Override
    public EncodedRecords encode(RecordBatch rows) {
        return encoder.encode(rows);
    }

    @Override
    public void close() {}
}
