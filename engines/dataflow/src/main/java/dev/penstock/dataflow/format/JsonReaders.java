package dev.penstock.dataflow.format;

import dev.penstock.spi.data.BooleanColumnBuilder;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.FixedListColumnBuilder;
import dev.penstock.spi.data.ListColumnBuilder;
import dev.penstock.spi.data.LongColumnBuilder;
import dev.penstock.spi.data.MapColumnBuilder;
import dev.penstock.spi.data.StructColumnBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The JSON readers of the types. */
final class JsonReaders {
    /** What becomes of object fields that are not columns. */
    enum Unknown {
        IGNORE,
        REJECT
    }

    private JsonReaders() {}

    static JsonReader of(DataType type, ColumnBuilder into, Unknown unknown) {
        if (type instanceof DataType.ListOf list) {
            ListColumnBuilder lists = (ListColumnBuilder) into;
            return nullable(into, list(lists, of(list.element(), lists.elements(), unknown)));
        }
        if (type instanceof DataType.FixedList vector) {
            return nullable(into, VectorReader.of(vector, (FixedListColumnBuilder) into));
        }
        if (type instanceof DataType.Struct struct) {
            return nullable(into, struct(struct, (StructColumnBuilder) into, unknown));
        }
        if (type instanceof DataType.MapOf map) {
            return nullable(into, map(map, (MapColumnBuilder) into, unknown));
        }
        if (type instanceof DataType.Timestamp timestamp) {
            return nullable(into, timestamp(timestamp, (LongColumnBuilder) into));
        }
        return nullable(into, scalar(type, into));
    }

    private static JsonReader scalar(DataType type, ColumnBuilder into) {
        if (type == DataType.BOOLEAN) {
            return truth((BooleanColumnBuilder) into);
        }
        if (type == DataType.STRING) {
            return string((BytesColumnBuilder) into);
        }
        if (type == DataType.JSON) {
            return raw((BytesColumnBuilder) into);
        }
        return type instanceof DataType.Decimal || isNumber(type)
                ? number(type, NumberReader.of(type, into))
                : text(type, TextReader.of(type, into));
    }

    private static boolean isNumber(DataType type) {
        return type == DataType.INT64
                || type == DataType.FLOAT64
                || type == DataType.INT32
                || type == DataType.FLOAT32
                || type == DataType.INT16
                || type == DataType.INT8;
    }

    static JsonReader list(ListColumnBuilder into, JsonReader element) {
        return new ListReader(into, element);
    }

    static JsonReader nullable(ColumnBuilder into, JsonReader reader) {
        return in -> {
            if (in.peek() == 'n' && in.acceptNull()) {
                into.appendNull();
            } else {
                reader.read(in);
            }
        };
    }

    private static JsonReader truth(BooleanColumnBuilder into) {
        return in -> {
            int next = in.peek();
            if (next != 't' && next != 'f') {
                throw in.unexpected("boolean");
            }
            into.append(in.readBoolean());
        };
    }

    private static JsonReader string(BytesColumnBuilder into) {
        return in -> {
            if (in.peek() != '"') {
                throw in.unexpected("string");
            }
            in.readString();
            into.append(in.stringBytes(), in.stringFrom(), in.stringTo() - in.stringFrom());
        };
    }

    private static JsonReader text(DataType type, TextReader reader) {
        return in -> {
            if (in.peek() != '"') {
                throw in.unexpected(type.text());
            }
            in.readString();
            reader.append(in.stringBytes(), in.stringFrom(), in.stringTo());
        };
    }

    /** A number; a string is read too where it says what JSON numbers cannot. */
    private static JsonReader number(DataType type, NumberReader reader) {
        return in -> {
            int next = in.peek();
            if (next == '-' || (next >= '0' && next <= '9')) {
                in.readNumber(reader);
                return;
            }
            ValueException unexpected = in.unexpected(type.text());
            if (next != '"') {
                throw unexpected;
            }
            in.readString();
            if (!reader.appendSpecial(in.stringBytes(), in.stringFrom(), in.stringTo())) {
                throw unexpected;
            }
        };
    }

    private static JsonReader timestamp(DataType.Timestamp type, LongColumnBuilder into) {
        TextReader reader = TextReader.of(type, into);
        return in -> {
            int next = in.peek();
            if (next == '-' || (next >= '0' && next <= '9')) {
                into.append(TimeText.ofMillis(type, in.readWholeNumber()));
            } else if (next == '"') {
                in.readString();
                reader.append(in.stringBytes(), in.stringFrom(), in.stringTo());
            } else {
                throw in.unexpected(type.text());
            }
        };
    }

    private static JsonReader raw(BytesColumnBuilder into) {
        return in -> {
            in.peek();
            int from = in.position();
            in.skipValue();
            into.append(in.text(), from, in.position() - from);
        };
    }

    private static JsonReader struct(DataType.Struct type, StructColumnBuilder into, Unknown unknown) {
        List<ColumnBuilder> builders = new ArrayList<>();
        for (int i = 0; i < type.fields().size(); i++) {
            builders.add(into.field(i));
        }
        return struct(into, new ObjectReader(type.fields(), builders, unknown));
    }

    static JsonReader struct(StructColumnBuilder into, ObjectReader reader) {
        return in -> {
            if (in.peek() != '{') {
                throw in.unexpected("an object");
            }
            reader.read(in);
            into.endStruct();
        };
    }

    private static JsonReader map(DataType.MapOf type, MapColumnBuilder into, Unknown unknown) {
        return map(type, into, of(type.value(), into.values(), unknown));
    }

    static JsonReader map(DataType.MapOf type, MapColumnBuilder into, JsonReader value) {
        return new MapReader(into, TextReader.of(type.key(), into.keys()), value);
    }

    private record ListReader(ListColumnBuilder into, JsonReader element) implements JsonReader {
        @Override
        public void read(JsonScanner in) {
            if (!in.accept('[')) {
                throw in.unexpected("an array");
            }
            if (!in.accept(']')) {
                do {
                    element.read(in);
                } while (in.accept(','));
                in.expect(']');
            }
            into.endList();
        }
    }

    private record MapReader(MapColumnBuilder into, TextReader key, JsonReader value) implements JsonReader {
        @Override
        public void read(JsonScanner in) {
            if (!in.accept('{')) {
                throw in.unexpected("an object");
            }
            if (!in.accept('}')) {
                Set<String> seen = new java.util.HashSet<>();
                do {
                    entry(in, seen);
                } while (in.accept(','));
                in.expect('}');
            }
            into.endMap();
        }

        private void entry(JsonScanner in, Set<String> seen) {
            in.readString();
            if (!seen.add(in.lastString())) {
                throw new ValueException("a key twice in one map");
            }
            key.append(in.stringBytes(), in.stringFrom(), in.stringTo());
            in.expect(':');
            value.read(in);
        }
    }
}
