package dev.penstock.format.avro;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DataType.Precision;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What the logical types of Avro mean here. */
final class Logical {
    private static final String JSON = "json";

    private Logical() {}

    /** A number of time units. */
    enum Unit {
        MILLIS(1_000_000),
        MICROS(1_000),
        NANOS(1);

        private final long nanos;

        Unit(long nanos) {
            this.nanos = nanos;
        }

        long nanos() {
            return nanos;
        }
    }

    /** The unit that values of {@code schema} count in, if they are times of the day. */
    static Optional<Unit> time(Schema schema) {
        return switch (name(schema)) {
            case "time-millis" -> Optional.of(Unit.MILLIS);
            case "time-micros" -> Optional.of(Unit.MICROS);
            default -> Optional.empty();
        };
    }

    /** The unit that values of {@code schema} count in, if they are timestamps, zoned or not. */
    static Optional<Unit> timestamp(Schema schema, boolean zoned) {
        return switch (name(schema)) {
            case "timestamp-millis" -> Optional.of(Unit.MILLIS).filter(unit -> zoned);
            case "timestamp-micros" -> Optional.of(Unit.MICROS).filter(unit -> zoned);
            case "timestamp-nanos" -> Optional.of(Unit.NANOS).filter(unit -> zoned);
            case "local-timestamp-millis" -> Optional.of(Unit.MILLIS).filter(unit -> !zoned);
            case "local-timestamp-micros" -> Optional.of(Unit.MICROS).filter(unit -> !zoned);
            case "local-timestamp-nanos" -> Optional.of(Unit.NANOS).filter(unit -> !zoned);
            default -> Optional.empty();
        };
    }

    static boolean isDate(Schema schema) {
        return name(schema).equals("date");
    }

    static boolean isUuid(Schema schema) {
        return name(schema).equals("uuid");
    }

    /** Whether values of {@code schema} are texts of JSON: by a mark of our own, or that of Debezium. */
    static boolean isJson(Schema schema) {
        return schema.getType() == Schema.Type.STRING
                && (JSON.equals(schema.getProp(LogicalType.LOGICAL_TYPE_PROP))
                        || "io.debezium.data.Json".equals(schema.getProp("connect.name")));
    }

    /** Strings that are marked as texts of JSON. */
    static Schema json() {
        Schema schema = Schema.create(Schema.Type.STRING);
        schema.addProp(LogicalType.LOGICAL_TYPE_PROP, JSON);
        return schema;
    }

    /** How many digits after the point values of {@code schema} have, if they are decimals. */
    static Optional<LogicalTypes.Decimal> decimal(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? Optional.of(decimal)
                : Optional.empty();
    }

    /** The type of columns for a logical type; empty if {@code schema} has none that is known here. */
    static Optional<DataType> type(Schema schema) {
        if (isDate(schema)) {
            return Optional.of(DataType.DATE);
        }
        if (isJson(schema)) {
            return Optional.of(DataType.JSON);
        }
        if (isUuid(schema)) {
            return Optional.of(DataType.UUID);
        }
        if (time(schema).isPresent()) {
            return Optional.of(DataType.TIME);
        }
        for (boolean zoned : new boolean[] {true, false}) {
            Optional<DataType> timestamp = timestamp(schema, zoned)
                    .map(unit ->
                            new DataType.Timestamp(unit == Unit.NANOS ? Precision.NANOS : Precision.MICROS, zoned));
            if (timestamp.isPresent()) {
                return timestamp;
            }
        }
        return decimal(schema)
                .filter(decimal -> decimal.getPrecision() <= 1000)
                .map(decimal -> DataType.decimal(decimal.getPrecision(), decimal.getScale()));
    }

    private static String name(Schema schema) {
        LogicalType type = schema.getLogicalType();
        return type == null ? "" : type.getName();
    }
}
