package dev.penstock.spi.data;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the values of a column mean, and which {@link Column} carries them.
 *
 * <table>
 * <caption>Type, column and detached Java value</caption>
 * <tr><th>type</th><th>column</th><th>value in a {@link Row}</th></tr>
 * <tr><td>BOOLEAN</td><td>{@link BooleanColumn}</td><td>Boolean</td></tr>
 * <tr><td>INT8, INT16, INT32</td><td>{@link IntColumn}</td><td>Integer</td></tr>
 * <tr><td>INT64</td><td>{@link LongColumn}</td><td>Long</td></tr>
 * <tr><td>FLOAT32</td><td>{@link FloatColumn}</td><td>Float</td></tr>
 * <tr><td>FLOAT64</td><td>{@link DoubleColumn}</td><td>Double</td></tr>
 * <tr><td>STRING, JSON</td><td>{@link BytesColumn}, UTF-8</td><td>String</td></tr>
 * <tr><td>BYTES</td><td>{@link BytesColumn}</td><td>{@link Bytes}</td></tr>
 * <tr><td>UUID</td><td>{@link BytesColumn}, 16 bytes, big endian</td><td>java.util.UUID</td></tr>
 * <tr><td>DATE</td><td>{@link IntColumn}, days since 1970-01-01</td><td>LocalDate</td></tr>
 * <tr><td>TIME</td><td>{@link LongColumn}, microseconds of the day</td><td>LocalTime</td></tr>
 * <tr><td>{@link Timestamp}</td><td>{@link LongColumn}, units since 1970-01-01T00:00</td><td>Instant if zoned, else LocalDateTime</td></tr>
 * <tr><td>{@link Decimal}</td><td>{@link LongColumn} (unscaled) up to 18 digits, else {@link BytesColumn} (unscaled, two's complement, big endian)</td><td>BigDecimal</td></tr>
 * <tr><td>{@link ListOf}</td><td>{@link ListColumn}</td><td>List</td></tr>
 * <tr><td>{@link FixedList}</td><td>{@link FixedListColumn}</td><td>List; float[] if the elements are FLOAT32</td></tr>
 * <tr><td>{@link Struct}</td><td>{@link StructColumn}</td><td>{@link Row}</td></tr>
 * <tr><td>{@link MapOf}</td><td>{@link MapColumn}</td><td>Map</td></tr>
 * <tr><td>{@link Opaque}</td><td>{@link ObjectColumn}</td><td>any object</td></tr>
 * </table>
 */
public sealed interface DataType {
    DataType BOOLEAN = Scalar.BOOLEAN;
    DataType INT8 = Scalar.INT8;
    DataType INT16 = Scalar.INT16;
    DataType INT32 = Scalar.INT32;
    DataType INT64 = Scalar.INT64;
    DataType FLOAT32 = Scalar.FLOAT32;
    DataType FLOAT64 = Scalar.FLOAT64;
    DataType STRING = Scalar.STRING;
    DataType BYTES = Scalar.BYTES;
    DataType DATE = Scalar.DATE;
    DataType TIME = Scalar.TIME;
    DataType UUID = Scalar.UUID;
    DataType JSON = Scalar.JSON;
    /** A point on the time line, in microseconds. */
    DataType TIMESTAMP = new Timestamp(Precision.MICROS, true);
    /** Objects of a program that runs in this process; connectors neither give nor take them. */
    DataType OBJECT = new Opaque();

    /** The type as written in pipeline files, for example {@code decimal(10,2)}; {@link TypeParser} reads it back. */
    String text();

    /** A vector of {@code dimensions} floats that cannot be null one by one. */
    static FixedList vector(int dimensions) {
        return new FixedList(FLOAT32, dimensions);
    }

    /** A decimal of up to {@code precision} digits, {@code scale} of them after the point. */
    static Decimal decimal(int precision, int scale) {
        return new Decimal(precision, scale);
    }

    /** A list of nullable elements. */
    static ListOf listOf(DataType element) {
        return new ListOf(element);
    }

    /** A struct of named fields. */
    static Struct struct(Field... fields) {
        return new Struct(List.of(fields));
    }

    /** A map with keys that are never null. */
    static MapOf mapOf(DataType key, DataType value) {
        return new MapOf(key, value);
    }

    /** Types without parameters; use the constants of {@link DataType}. */
    enum Scalar implements DataType {
        BOOLEAN,
        INT8,
        INT16,
        INT32,
        INT64,
        FLOAT32,
        FLOAT64,
        STRING,
        BYTES,
        DATE,
        TIME,
        UUID,
        JSON;

        @Override
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The unit of a {@link Timestamp}. */
    enum Precision {
        MICROS,
        NANOS
    }

    /**
     * A date and time.
     *
     * @param precision the unit of the stored number
     * @param zoned true for a point on the time line, false for a local date and time
     */
    record Timestamp(Precision precision, boolean zoned) implements DataType {
        @Override
        public String text() {
            return (zoned ? "timestamp" : "local-timestamp") + (precision == Precision.NANOS ? "(ns)" : "");
        }
    }

    /**
     * An exact decimal.
     *
     * @param precision digits in all, 1 to 1000
     * @param scale digits after the point, 0 to precision
     */
    record Decimal(int precision, int scale) implements DataType {
        /** The most digits whose unscaled value always fits a long. */
        public static final int LONG_DIGITS = 18;

        public Decimal {
            if (precision < 1 || precision > 1000 || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("Cannot make decimal(" + precision + "," + scale
                        + "): 1 <= precision <= 1000 and 0 <= scale <= precision must hold");
            }
        }

        /** Whether the unscaled value is kept in a {@link LongColumn}. */
        public boolean fitsLong() {
            return precision <= LONG_DIGITS;
        }

        @Override
        public String text() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /** A list of any length; elements may be null. */
    record ListOf(DataType element) implements DataType {
        @Override
        public String text() {
            return "list<" + element.text() + ">";
        }
    }

    /**
     * A list of always {@code size} elements, none of them null: a vector.
     *
     * @param element FLOAT32 or FLOAT64
     * @param size the number of elements, at least 1
     */
    record FixedList(DataType element, int size) implements DataType {
        public FixedList {
            if (size < 1) {
                throw new IllegalArgumentException("Cannot make a vector of " + size + " elements: at least 1");
            }
            if (element != FLOAT32 && element != FLOAT64) {
                throw new IllegalArgumentException(
                        "Cannot make a vector of " + element.text() + ": only float32 and float64");
            }
        }

        @Override
        public String text() {
            return element == FLOAT32 ? "vector(" + size + ")" : "vector(" + size + "," + element.text() + ")";
        }
    }

    /** Named fields of their own types. */
    record Struct(List<Field> fields) implements DataType {
        public Struct {
            fields = List.copyOf(fields);
            if (fields.stream().map(Field::name).distinct().count() < fields.size()) {
                throw new IllegalArgumentException(
                        "Cannot make a struct with two fields of one name: " + fields + "; rename one of them");
            }
        }

        /** The fields as a schema of their own. */
        public Schema schema() {
            return new Schema(fields);
        }

        @Override
        public String text() {
            return fields.stream()
                    .map(field -> field.name() + ":" + field.type().text())
                    .collect(Collectors.joining(",", "struct<", ">"));
        }
    }

    /** Keys that are never null to values that may be. */
    record MapOf(DataType key, DataType value) implements DataType {
        @Override
        public String text() {
            return "map<" + key.text() + "," + value.text() + ">";
        }
    }

    /**
     * Objects of a program: they pass from one function to the next inside a process. They have no form outside of it,
     * so no sink takes them and no pipeline file names them; a program turns them into rows first.
     */
    record Opaque() implements DataType {
        @Override
        public String text() {
            return "object";
        }
    }
}
