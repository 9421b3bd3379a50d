package dev.penstock.format.avro;

import dev.penstock.format.avro.ValueWriter.Binding;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.FixedListColumn;
import dev.penstock.spi.data.ListColumn;
import dev.penstock.spi.data.MapColumn;
import dev.penstock.spi.data.StructColumn;
import dev.penstock.spi.format.BadRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Makes writers of the values of columns as a schema wants them. */
final class ColumnWriters {
    private ColumnWriters() {}

    /** A writer of values of {@code type} as {@code schema}; empty if the one is never the other. */
    static Optional<Binding> of(Schema schema, DataType type) {
        if (schema.getType() != Schema.Type.UNION) {
            return value(schema, type).map(ColumnWriters::required);
        }
        List<Schema> branches = schema.getTypes();
        if (type == DataType.JSON && branches.size() > 2) {
            // A text of JSON would become a string, whatever it was read from.
            return Optional.empty();
        }
        for (int i = 0; i < branches.size(); i++) {
            Optional<Binding> branch =
                    branches.get(i).getType() == Schema.Type.NULL ? Optional.empty() : value(branches.get(i), type);
            if (branch.isPresent()) {
                return Optional.of(union(schema, i, branch.get()));
            }
        }
        return Optional.empty();
    }

    private static Binding required(Binding value) {
        return column -> {
            ValueWriter writer = value.to(column);
            return column.validity().allValid()
                    ? writer
                    : (row, out) -> {
                        refuseNull(column, row);
                        writer.write(row, out);
                    };
        };
    }

    private static void refuseNull(Column column, int row) {
        if (column.isNull(row)) {
            throw new BadRecordException("is null, which the schema does not allow");
        }
    }

    private static Binding union(Schema schema, int branch, Binding value) {
        int none = schema.isNullable() ? schema.getIndexNamed("null") : -1;
        return column -> {
            ValueWriter writer = value.to(column);
            return (row, out) -> {
                if (none >= 0 && column.isNull(row)) {
                    out.writeLong(none);
                } else {
                    refuseNull(column, row);
                    out.writeLong(branch);
                    writer.write(row, out);
                }
            };
        };
    }

    private static Optional<Binding> value(Schema schema, DataType type) {
        if (type instanceof DataType.Struct struct) {
            return schema.getType() == Schema.Type.RECORD
                    ? RecordWriter.of(schema, struct.fields(), new ArrayList<>())
                            .map(ColumnWriters::struct)
                    : Optional.empty();
        }
        if (type instanceof DataType.ListOf list) {
            return schema.getType() == Schema.Type.ARRAY
                    ? of(schema.getElementType(), list.element()).map(ColumnWriters::list)
                    : Optional.empty();
        }
        if (type instanceof DataType.FixedList vector) {
            return schema.getType() == Schema.Type.ARRAY
                    ? of(schema.getElementType(), vector.element()).map(element -> vector(vector.size(), element))
                    : Optional.empty();
        }
        if (type instanceof DataType.MapOf map) {
            return schema.getType() == Schema.Type.MAP && map.key() == DataType.STRING
                    ? of(schema.getValueType(), map.value()).map(ColumnWriters::map)
                    : Optional.empty();
        }
        return ScalarWriters.of(schema, type);
    }

    private static Binding struct(RecordWriter record) {
        return column -> record.bind(((StructColumn) column).fields());
    }

    private static Binding list(Binding element) {
        return column -> {
            int[] offsets = ((ListColumn) column).offsets();
            ValueWriter elements = element.to(((ListColumn) column).elements());
            return (row, out) -> block(offsets[row], offsets[row + 1], elements, out);
        };
    }

    private static Binding vector(int size, Binding element) {
        return column -> {
            ValueWriter elements = element.to(((FixedListColumn) column).elements());
            return (row, out) -> block(row * size, row * size + size, elements, out);
        };
    }

    /** One block with all elements, and the empty one that ends them. */
    private static void block(int from, int to, ValueWriter elements, AvroOutput out) {
        if (to > from) {
            out.writeLong(to - from);
            for (int i = from; i < to; i++) {
                elements.write(i, out);
            }
        }
        out.writeLong(0);
    }

    private static Binding map(Binding value) {
        return column -> {
            MapColumn maps = (MapColumn) column;
            ValueWriter keys = ScalarWriters.text().to(maps.keys());
            ValueWriter values = value.to(maps.values());
            ValueWriter entries = (row, out) -> {
                keys.write(row, out);
                values.write(row, out);
            };
            return (row, out) -> block(maps.offsets()[row], maps.offsets()[row + 1], entries, out);
        };
    }
}
