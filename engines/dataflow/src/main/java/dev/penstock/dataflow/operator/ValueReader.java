package dev.penstock.dataflow.operator;

import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.io.DataInput;
import java.io.IOException;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link ValueWriter} wrote, into places that may be declared in another way by now. */
final class ValueReader {
    private final DataInput in;
    private final List<Object> described = new ArrayList<>(4);

    /** The class of a record, empty if its place declared it, and the names of its components. */
    private record Written(String type, List<String> names) {}

    ValueReader(DataInput in) {
        this.in = in;
    }

    /** The next value, as one for a place of type {@code wanted}. */
    @Nullable Object read(ValueType wanted) throws IOException {
        byte tag = in.readByte();
        if (wanted.isOptional() && tag != Tag.OPTIONAL) {
            return Optional.ofNullable(read(tag, wanted.argument(0)));
        }
        return read(tag, wanted);
    }

    private @Nullable Object read(byte tag, ValueType wanted) throws IOException {
        ScalarKind scalar = ScalarKind.behind(tag);
        Object value = scalar == null ? readParts(tag, wanted) : scalar.read(in);
        Object fitting = value == null ? null : wanted.fit(value);
        if (fitting == null && (value != null || (wanted.raw().isPrimitive() && !wanted.isSkipped()))) {
            throw unfit(
                    value == null
                            ? "null"
                            : "a value of type " + value.getClass().getSimpleName(),
                    wanted);
        }
        return fitting;
    }

    private static UnfitException unfit(String found, ValueType wanted) {
        return new UnfitException("the state holds " + found + ", which is not a '" + wanted
                + "'; keep the type, or give the component another name");
    }

    private @Nullable Object readParts(byte tag, ValueType wanted) throws IOException {
        CollectionKind collection = CollectionKind.behind(tag);
        if (collection != null) {
            return readCollection(collection, wanted);
        }
        MapKind map = MapKind.behind(tag);
        if (map != null) {
            return readMap(map, wanted);
        }
        return switch (tag) {
            case Tag.NULL -> null;
            case Tag.ENUM -> readEnum(wanted);
            case Tag.RECORD -> readRecord(wanted);
            case Tag.OPTIONAL -> readOptional(wanted);
            case Tag.ENTRY -> new SimpleImmutableEntry<>(read(wanted.argument(0)), read(wanted.argument(1)));
            case Tag.ROW -> readRow();
            default -> throw new IOException("no value begins with " + tag);
        };
    }

    private @Nullable Object readOptional(ValueType wanted) throws IOException {
        boolean present = in.readBoolean();
        if (wanted.isSkipped() || !wanted.raw().isAssignableFrom(Optional.class)) {
            return present ? read(wanted) : null;
        }
        return present ? Optional.ofNullable(read(wanted.argument(0))) : Optional.empty();
    }

    private @Nullable Object readCollection(CollectionKind kind, ValueType wanted) throws IOException {
        int count = Lengths.read(in);
        ValueType element = wanted.argument(0);
        Collection<@Nullable Object> values = kind.make();
        for (int i = 0; i < count; i++) {
            Object value = read(element);
            if (!wanted.isSkipped()) {
                values.add(value);
            }
        }
        return values;
    }

    private @Nullable Object readMap(MapKind kind, ValueType wanted) throws IOException {
        int count = Lengths.read(in);
        ValueType keys = wanted.argument(0);
        ValueType values = wanted.argument(1);
        Map<@Nullable Object, @Nullable Object> map = kind.make();
        for (int i = 0; i < count; i++) {
            Object key = read(keys);
            Object value = read(values);
            if (!wanted.isSkipped()) {
                map.put(key, value);
            }
        }
        return map;
    }

    private @Nullable Object readEnum(ValueType wanted) throws IOException {
        int number = Lengths.read(in);
        String type = number == 0 ? remember(Lengths.readText(in)) : described(number, String.class);
        String name = Lengths.readText(in);
        if (wanted.isSkipped()) {
            return null;
        }
        Class<?> found = StateClasses.find(type, wanted);
        for (Object constant : found.isEnum() ? found.getEnumConstants() : new Object[0]) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw unfit("the constant " + name, ValueType.of(found));
    }

    private @Nullable Object readRecord(ValueType wanted) throws IOException {
        int number = Lengths.read(in);
        Written written = number == 0 ? remember(readWritten()) : described(number, Written.class);
        if (wanted.isSkipped()) {
            for (int i = 0; i < written.names.size(); i++) {
                read(wanted);
            }
            return null;
        }
        Class<?> type = StateClasses.find(written.type, wanted);
        if (!type.isRecord()) {
            throw unfit("a record with components " + written.names, wanted);
        }
        return readRecord(RecordShape.of(type), written.names);
    }

    private Written readWritten() throws IOException {
        String type = Lengths.readText(in);
        int count = Lengths.read(in);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(Lengths.readText(in));
        }
        return new Written(type, names);
    }

    private Object readRecord(RecordShape shape, List<String> written) throws IOException {
        @Nullable Object[] values = new Object[shape.names().size()];
        if (!written.equals(shape.names())) {
            for (int i = 0; i < values.length; i++) {
                values[i] = shape.types().get(i).absent();
            }
        }
        for (String name : written) {
            int index = shape.names().indexOf(name);
            if (index < 0) {
                read(ValueType.SKIPPED);
            } else {
                values[index] = readComponent(shape, index);
            }
        }
        return shape.make(values);
    }

    private @Nullable Object readComponent(RecordShape shape, int index) throws IOException {
        try {
            return read(shape.types().get(index));
        } catch (UnfitException e) {
            throw e.in(shape, index, "read");
        }
    }

    private Row readRow() throws IOException {
        int number = Lengths.read(in);
        Schema schema = number == 0 ? remember(SchemaFormat.read(in)) : described(number, Schema.class);
        Operation operation = Operation.of(in.readByte());
        @Nullable Object[] values = new Object[schema.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(ValueType.ANY);
        }
        return Row.of(schema, values).with(operation);
    }

    private <T> T remember(T description) {
        described.add(description);
        return description;
    }

    private <T> T described(int number, Class<T> type) throws IOException {
        if (number > described.size() || !type.isInstance(described.get(number - 1))) {
            throw new IOException("description " + number + " is not there");
        }
        return type.cast(described.get(number - 1));
    }
}
