package dev.penstock.connector.iceberg.schema;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The columns that rows of a table have. */
public final class RowTypes {
    private RowTypes() {}

    /**
     * The columns of rows of {@code table}, in its order; its identifier fields are their key.
     *
     * @throws ConfigException naming each column whose type rows cannot hold: variant, unknown and geometries
     */
    public static Schema columns(org.apache.iceberg.Schema table) {
        List<Field> fields = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (NestedField column : table.columns()) {
            Optional<DataType> type = type(column.type());
            if (type.isPresent()) {
                fields.add(new Field(column.name(), type.get(), column.isOptional(), Map.of()));
            } else {
                problems.add(Problem.error(
                        column.name(),
                        Problem.Code.UNSUPPORTED,
                        "Cannot read column '" + column.name() + "': no column of rows holds " + column.type(),
                        "leave it out of the columns to read"));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        Set<String> key = table.identifierFieldNames();
        List<String> names =
                fields.stream().map(Field::name).filter(key::contains).toList();
        return new Schema(fields, names.size() == key.size() ? names : List.of());
    }

    /** The type of the values of a column of type {@code stored}; empty if rows cannot hold them. */
    public static Optional<DataType> type(Type stored) {
        return switch (stored.typeId()) {
            case BOOLEAN -> Optional.of(DataType.BOOLEAN);
            case INTEGER -> Optional.of(DataType.INT32);
            case LONG -> Optional.of(DataType.INT64);
            case FLOAT -> Optional.of(DataType.FLOAT32);
            case DOUBLE -> Optional.of(DataType.FLOAT64);
            case DATE -> Optional.of(DataType.DATE);
            case TIME -> Optional.of(DataType.TIME);
            case STRING -> Optional.of(DataType.STRING);
            case UUID -> Optional.of(DataType.UUID);
            case FIXED, BINARY -> Optional.of(DataType.BYTES);
            case TIMESTAMP ->
                Optional.of(new DataType.Timestamp(
                        DataType.Precision.MICROS, ((Types.TimestampType) stored).shouldAdjustToUTC()));
            case TIMESTAMP_NANO ->
                Optional.of(new DataType.Timestamp(
                        DataType.Precision.NANOS, ((Types.TimestampNanoType) stored).shouldAdjustToUTC()));
            case DECIMAL -> Optional.of(decimal((Types.DecimalType) stored));
            case LIST -> type(stored.asListType().elementType()).map(DataType::listOf);
            case MAP -> map(stored.asMapType());
            case STRUCT -> struct(stored.asStructType());
            default -> Optional.empty();
        };
    }

    private static DataType decimal(Types.DecimalType stored) {
        return DataType.decimal(stored.precision(), stored.scale());
    }

    private static Optional<DataType> map(Types.MapType stored) {
        return type(stored.keyType()).flatMap(key -> type(stored.valueType()).map(value -> DataType.mapOf(key, value)));
    }

    private static Optional<DataType> struct(Types.StructType stored) {
        List<Field> fields = new ArrayList<>();
        for (NestedField column : stored.fields()) {
            Optional<DataType> type = type(column.type());
            if (type.isEmpty()) {
                return Optional.empty();
            }
            fields.add(new Field(column.name(), type.get(), column.isOptional(), Map.of()));
        }
        return Optional.of(new DataType.Struct(fields));
    }
}
