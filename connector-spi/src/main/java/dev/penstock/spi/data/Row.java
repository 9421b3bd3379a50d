package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * One row, detached from any batch; immutable.
 *
 * <p>Values have the Java types that {@link DataType} names. Rows are for user code and tests: transport and hot loops
 * use {@link RecordBatch}.
 */
public final class Row {
    private final Schema schema;
    private final @Nullable Object[] values;
    private final Operation operation;

    private Row(Schema schema, @Nullable Object[] values, Operation operation) {
        this.schema = requireNonNull(schema, "schema");
        this.values = values;
        this.operation = requireNonNull(operation, "operation");
        if (values.length != schema.size()) {
            throw new IllegalArgumentException(
                    "Cannot make a row of " + values.length + " values for " + schema + ": one value a column");
        }
    }

    /** An inserted row of {@code values}, in the order of the schema. */
    public static Row of(Schema schema, @Nullable Object... values) {
        return new Row(schema, values.clone(), Operation.INSERT);
    }

    /** As {@link #of}, without a copy of the array. */
    static Row owning(Schema schema, @Nullable Object[] values, Operation operation) {
        return new Row(schema, values, operation);
    }

    /** This row with another operation. */
    public Row with(Operation newOperation) {
        return new Row(schema, values, newOperation);
    }

    /** The columns of this row. */
    public Schema schema() {
        return schema;
    }

    /** What the row says has happened. */
    public Operation operation() {
        return operation;
    }

    /** The value of the column at {@code column}, or null. */
    public @Nullable Object get(int column) {
        return values[column];
    }

    /** The value of the column named {@code column}, or null. */
    public @Nullable Object get(String column) {
        return values[schema.indexOf(column)];
    }

    /** The value of the column named {@code column} as {@code type}; null values are refused. */
    public <T> T get(String column, Class<T> type) {
        return type.cast(requireNonNull(get(column), column));
    }

    /** All values, in the order of the schema. */
    public List<@Nullable Object> values() {
        return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(values)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row that
                && operation == that.operation
                && schema.equals(that.schema)
                && DeepValues.equal(Arrays.asList(values), Arrays.asList(that.values));
    }

    @Override
    public int hashCode() {
        return DeepValues.hash(Arrays.asList(values));
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", operation + "{", "}");
        for (int i = 0; i < values.length; i++) {
            text.add(schema.field(i).name() + "=" + DeepValues.text(values[i]));
        }
        return text.toString();
    }
}
