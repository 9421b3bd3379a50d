package dev.penstock.connector.kafka;

import dev.penstock.spi.Payload;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.config.Problem.Code;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Whether rows of a schema can be records. */
final class SchemaCheck {
    private final Schema input;
    private final SinkSettings.Columns columns;
    private final WriteMode mode;
    private final List<Problem> problems = new ArrayList<>();

    SchemaCheck(Schema input, SinkSettings.Columns columns, WriteMode mode) {
        this.input = input;
        this.columns = columns;
        this.mode = mode;
    }

    SinkPlan plan() {
        if (!Payload.isIn(input)) {
            problems.add(Problem.error(
                    "format", Code.MISSING, "the rows are not encoded: " + input, "give a format, for example ndjson"));
        }
        KeyColumns key = KeyColumns.of(columns, mode);
        checkMode(key);
        ConfigKey<?> named = columns.keyObject().isEmpty() ? SinkSettings.KEY_COLUMN : SinkSettings.KEY_COLUMNS;
        key.names()
                .forEach(
                        name -> check(named, Optional.of(name), KeyColumns::canBe, "a scalar with one text, or bytes"));
        check(SinkSettings.TOPIC_COLUMN, columns.topicColumn(), DataType.STRING::equals, "string");
        check(
                SinkSettings.HEADERS_COLUMN,
                columns.headers(),
                MetadataColumns.HEADERS::equals,
                MetadataColumns.HEADERS.text());
        check(
                SinkSettings.TIMESTAMP_COLUMN,
                columns.timestamp(),
                type -> type instanceof DataType.Timestamp timestamp && timestamp.zoned(),
                "timestamp");
        check(SinkSettings.PARTITION_COLUMN, columns.partition(), DataType.INT32::equals, "int32");
        checkUnused(key);
        return problems.isEmpty() ? new SinkPlan.Accept() : new SinkPlan.Reject(problems);
    }

    private void checkMode(KeyColumns key) {
        if (mode.kind() == WriteMode.Kind.APPEND) {
            return;
        }
        if (!key.tellApart(mode.key())) {
            problems.add(Problem.error(
                    (columns.keyObject().isEmpty() ? SinkSettings.KEY_COLUMN : SinkSettings.KEY_COLUMNS).name(),
                    Code.INCOMPATIBLE,
                    "the key of records is " + key.names() + ", and rows are told apart by " + mode.key(),
                    "name the same columns, or leave it out: the key of records is then what tells rows apart"));
        } else if (!mode.deleteBy().equals(mode.key())) {
            problems.add(
                    Problem.error("delete-by", Code.UNSUPPORTED, "a topic can only delete by its key", "leave it out"));
        }
    }

    private void check(ConfigKey<?> setting, Optional<String> column, Predicate<DataType> fits, String wanted) {
        column.ifPresent(name -> {
            if (input.find(name).isEmpty()) {
                problems.add(Problem.error(
                        setting.name(), Code.NOT_FOUND, "column '" + name + "' is not there: " + input, "correct it"));
            } else if (!fits.test(input.field(name).type())) {
                problems.add(Problem.error(
                        setting.name(),
                        Code.INCOMPATIBLE,
                        "column '" + name + "' is of type "
                                + input.field(name).type().text() + " and must be " + wanted,
                        "cast it, or use another column"));
            }
        });
    }

    private void checkUnused(KeyColumns key) {
        Set<String> unused = new HashSet<>(input.names());
        unused.remove(Payload.COLUMN);
        key.names().forEach(unused::remove);
        List.of(columns.topicColumn(), columns.headers(), columns.timestamp(), columns.partition())
                .forEach(column -> column.ifPresent(unused::remove));
        if (Payload.isIn(input) && !unused.isEmpty()) {
            problems.add(Problem.error(
                    "format",
                    Code.INCOMPATIBLE,
                    "columns " + unused.stream().sorted().toList() + " have no place beside the record",
                    "drop them, or decode the records and give a format"));
        }
    }
}
