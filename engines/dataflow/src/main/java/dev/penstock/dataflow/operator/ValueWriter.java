package dev.penstock.dataflow.operator;

import dev.penstock.spi.data.Row;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes one state. What is described once, such as a class, is named by its number afterwards. */
final class ValueWriter {
    private final DataOutput out;
    private @Nullable List<Object> described;

    ValueWriter(DataOutput out) {
        this.out = out;
    }

    /** Writes {@code value}, which stands in a place of type {@code declared}. */
    void write(@Nullable Object value, ValueType declared) throws IOException {
        if (value == null) {
            out.writeByte(Tag.NULL);
            return;
        }
        ScalarKind scalar = ScalarKind.of(value);
        if (scalar != null) {
            scalar.write(value, out);
        } else if (value instanceof Record) {
            writeRecord(value, declared);
        } else if (value instanceof Enum<?> constant) {
            out.writeByte(Tag.ENUM);
            describe(constant.getDeclaringClass(), declared);
            Lengths.writeText(constant.name(), out);
        } else if (value instanceof Collection<?> collection) {
            writeCollection(collection, declared);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, declared);
        } else {
            writeOther(value, declared);
        }
    }

    private void writeOther(Object value, ValueType declared) throws IOException {
        if (value instanceof Optional<?> optional) {
            out.writeByte(Tag.OPTIONAL);
            out.writeBoolean(optional.isPresent());
            if (optional.isPresent()) {
                write(optional.get(), declared.argument(0));
            }
        } else if (value instanceof Map.Entry<?, ?> entry) {
            out.writeByte(Tag.ENTRY);
            write(entry.getKey(), declared.argument(0));
            write(entry.getValue(), declared.argument(1));
        } else if (value instanceof Row row) {
            out.writeByte(Tag.ROW);
            writeRow(row);
        } else {
            throw refused(value, "it is none of the kinds that a state may hold");
        }
    }

    private void writeRecord(Object value, ValueType declared) throws IOException {
        out.writeByte(Tag.RECORD);
        RecordShape shape = RecordShape.of(value.getClass());
        if (describe(value.getClass(), declared)) {
            Lengths.write(shape.names().size(), out);
            for (String name : shape.names()) {
                Lengths.writeText(name, out);
            }
        }
        for (int i = 0; i < shape.names().size(); i++) {
            try {
                write(shape.value(value, i), shape.types().get(i));
            } catch (UnfitException e) {
                throw e.in(shape, i, "write");
            }
        }
    }

    /** Names the class of what follows, by nothing if its place declares it; says whether that was the first time. */
    private boolean describe(Class<?> type, ValueType declared) throws IOException {
        boolean known = declared.raw() == type;
        Object description = known ? ValueType.of(type) : type;
        if (number(description)) {
            return false;
        }
        Lengths.writeText(known ? "" : type.getName(), out);
        return true;
    }

    /** Writes the number of what was described before, from 1, or else 0 and remembers it. */
    private boolean number(Object description) throws IOException {
        List<Object> before = described;
        if (before == null) {
            before = new ArrayList<>(4);
            described = before;
        }
        int number = before.indexOf(description) + 1;
        Lengths.write(number, out);
        if (number == 0) {
            before.add(description);
        }
        return number > 0;
    }

    private void writeRow(Row row) throws IOException {
        if (!number(row.schema())) {
            SchemaFormat.write(row.schema(), out);
        }
        out.writeByte(row.operation().code());
        for (Object value : row.values()) {
            write(value, ValueType.ANY);
        }
    }

    private void writeCollection(Collection<?> values, ValueType declared) throws IOException {
        CollectionKind kind = CollectionKind.of(values);
        if (kind == null) {
            throw refused(values, "a queue or a set with an order of its own would come back without it");
        }
        checkComesBack(values, kind.type(), declared);
        out.writeByte(kind.tag());
        Lengths.write(values.size(), out);
        ValueType element = declared.argument(0);
        for (Object value : values) {
            write(value, element);
        }
    }

    private void writeMap(Map<?, ?> map, ValueType declared) throws IOException {
        MapKind kind = MapKind.of(map);
        if (kind == null) {
            throw refused(map, "a map with an order of its own would come back without it");
        }
        checkComesBack(map, kind.type(), declared);
        out.writeByte(kind.tag());
        Lengths.write(map.size(), out);
        ValueType key = declared.argument(0);
        ValueType value = declared.argument(1);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            write(entry.getKey(), key);
            write(entry.getValue(), value);
        }
    }

    /** Better refused now than when it is read. */
    private static void checkComesBack(Object value, Class<?> type, ValueType declared) throws UnfitException {
        if (!declared.raw().isAssignableFrom(type)) {
            throw refused(
                    value,
                    "it comes back as " + type.getSimpleName() + ", which is not the declared "
                            + declared.raw().getSimpleName());
        }
    }

    private static UnfitException refused(Object value, String why) {
        return new UnfitException("a " + value.getClass().getName() + " cannot be kept: " + why
                + "; use records, enums, lists, sets, maps and plain values, or declare a codec");
    }
}
