package dev.penstock.format.avro;

import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.ListColumnBuilder;
import dev.penstock.spi.data.MapColumnBuilder;
import dev.penstock.spi.data.StructColumnBuilder;
import dev.penstock.spi.format.BadRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Makes readers that take values as their writer's schema has them and append them to a column.
 *
 * <p>What cannot become a value of the column becomes a reader that refuses each such value, as the rules of Avro have
 * it for unions: only a branch that occurs can be wrong.
 */
final class ColumnReaders {
    private ColumnReaders() {}

    /**
     * A reader of values of {@code writer} into {@code into}, the builder of {@code field}.
     *
     * @param reader the schema that fields have defaults and aliases in
     */
    static ValueReader of(Schema writer, Optional<Schema> reader, Field field, ColumnBuilder into) {
        if (writer.getType() == Schema.Type.UNION) {
            List<ValueReader> branches = new ArrayList<>();
            for (Schema branch : writer.getTypes()) {
                branches.add(of(branch, reader, field, into));
            }
            return union(branches.toArray(ValueReader[]::new));
        }
        if (writer.getType() == Schema.Type.NULL) {
            return field.nullable() ? in -> into.appendNull() : refuse(field.type(), "no value");
        }
        return value(writer, reader.flatMap(schema -> Schemas.like(writer, schema)), field.type(), into);
    }

    private static ValueReader union(ValueReader[] branches) {
        if (branches.length == 2) {
            ValueReader first = branches[0];
            ValueReader second = branches[1];
            return in -> {
                if (in.readIndex(2, "a branch") == 0) {
                    first.read(in);
                } else {
                    second.read(in);
                }
            };
        }
        return in -> branches[in.readIndex(branches.length, "a branch")].read(in);
    }

    private static ValueReader value(Schema writer, Optional<Schema> reader, DataType type, ColumnBuilder into) {
        if (type == DataType.JSON) {
            return Logical.isJson(writer)
                    ? Texts.string(writer, (BytesColumnBuilder) into).orElseThrow()
                    : JsonValues.into(writer, into);
        }
        Optional<ValueReader> made = Optional.empty();
        if (type instanceof DataType.Struct struct) {
            made = struct(writer, reader, struct, (StructColumnBuilder) into);
        } else if (type instanceof DataType.MapOf map) {
            made = map(writer, reader, map, (MapColumnBuilder) into);
        } else if (type instanceof DataType.ListOf list) {
            made = list(writer, reader, list, (ListColumnBuilder) into);
        } else if (type instanceof DataType.FixedList vector) {
            made = VectorReader.of(writer, vector, into);
        } else if (type instanceof DataType.Decimal decimal) {
            made = DecimalReader.of(writer, decimal, into);
        } else {
            made = ScalarReaders.of(writer, type, into);
        }
        return made.orElseGet(() -> refuse(type, found(writer)));
    }

    private static ValueReader refuse(DataType type, String found) {
        return in -> {
            throw new BadRecordException("expected " + type.text() + ", found " + found);
        };
    }

    private static String found(Schema writer) {
        String name = writer.getType().name().toLowerCase(Locale.ROOT);
        return writer.getLogicalType() == null
                ? name
                : name + " (" + writer.getLogicalType().getName() + ")";
    }

    private static Optional<ValueReader> struct(
            Schema writer, Optional<Schema> reader, DataType.Struct type, StructColumnBuilder into) {
        if (writer.getType() != Schema.Type.RECORD) {
            return Optional.empty();
        }
        List<ColumnBuilder> builders = new ArrayList<>();
        for (int i = 0; i < type.fields().size(); i++) {
            builders.add(into.field(i));
        }
        ValueReader fields = RecordReader.of(writer, reader, type.fields(), builders);
        return Optional.of(in -> {
            fields.read(in);
            into.endStruct();
        });
    }

    private static Optional<ValueReader> list(
            Schema writer, Optional<Schema> reader, DataType.ListOf type, ListColumnBuilder into) {
        if (writer.getType() != Schema.Type.ARRAY) {
            return Optional.empty();
        }
        Schema element = writer.getElementType();
        int smallest = SmallestSize.of(element);
        ValueReader elements =
                of(element, reader.map(Schema::getElementType), Field.of("", type.element()), into.elements());
        return Optional.of(in -> {
            for (long count = in.readBlock(smallest); count != 0; count = in.readBlock(smallest)) {
                for (long i = 0; i < count; i++) {
                    elements.read(in);
                }
            }
            into.endList();
        });
    }

    private static Optional<ValueReader> map(
            Schema writer, Optional<Schema> reader, DataType.MapOf type, MapColumnBuilder into) {
        if (writer.getType() != Schema.Type.MAP) {
            return Optional.empty();
        }
        Schema text = Schema.create(Schema.Type.STRING);
        Schema value = writer.getValueType();
        Optional<ValueReader> keys = ScalarReaders.of(text, type.key(), into.keys());
        ValueReader values = of(value, reader.map(Schema::getValueType), Field.of("", type.value()), into.values());
        int smallest = 1 + SmallestSize.of(value);
        return keys.map(key -> new MapReader(key, values, smallest, into));
    }
}
