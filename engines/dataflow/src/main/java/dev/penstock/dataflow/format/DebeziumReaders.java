package dev.penstock.dataflow.format;

import dev.penstock.dataflow.format.DebeziumOptions.Decimals;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.IntColumnBuilder;
import dev.penstock.spi.data.ListColumnBuilder;
import dev.penstock.spi.data.LongColumnBuilder;
import dev.penstock.spi.data.MapColumnBuilder;
import dev.penstock.spi.data.StructColumnBuilder;
import java.util.ArrayList;
import java.util.List;

/** The readers of values as Debezium writes them: by the type of the column, and by the semantic type of the value. */
final class DebeziumReaders {
    private final DebeziumOptions.Values values;
    private final JsonReaders.Unknown unknown;

    DebeziumReaders(DebeziumOptions options) {
        this.values = options.values();
        this.unknown = options.rejectUnknown() ? JsonReaders.Unknown.REJECT : JsonReaders.Unknown.IGNORE;
    }

    /** A reader of the values of a column of a table, which may be unchanged. */
    JsonReader column(DataType type, ColumnBuilder into, ConnectType from) {
        JsonReader reader = value(type, into, from);
        byte[][] unavailable = new Unavailable(values.placeholder(), form(from)).forms(type);
        if (unavailable.length == 0) {
            return reader;
        }
        return in -> {
            for (byte[] form : unavailable) {
                if (in.acceptExactly(form)) {
                    into.appendUnchanged();
                    return;
                }
            }
            reader.read(in);
        };
    }

    /** A reader of values that may be null. */
    private JsonReader value(DataType type, ColumnBuilder into, ConnectType from) {
        if (type instanceof DataType.ListOf list) {
            ListColumnBuilder lists = (ListColumnBuilder) into;
            return JsonReaders.nullable(
                    into, JsonReaders.list(lists, value(list.element(), lists.elements(), from.elements())));
        }
        if (type instanceof DataType.Struct struct) {
            return JsonReaders.nullable(into, struct(struct, (StructColumnBuilder) into, from));
        }
        if (type instanceof DataType.MapOf map) {
            return JsonReaders.nullable(into, map(map, (MapColumnBuilder) into, from));
        }
        return type instanceof DataType.Decimal decimal
                ? JsonReaders.nullable(into, decimal(decimal, into, from))
                : scalar(type, into, from);
    }

    private JsonReader scalar(DataType type, ColumnBuilder into, ConnectType from) {
        if (type instanceof DataType.Timestamp timestamp) {
            return JsonReaders.nullable(into, timestamp(timestamp, (LongColumnBuilder) into, from));
        }
        if (type == DataType.DATE) {
            return JsonReaders.nullable(into, date((IntColumnBuilder) into));
        }
        if (type == DataType.TIME) {
            return JsonReaders.nullable(into, time((LongColumnBuilder) into, from));
        }
        if (type == DataType.JSON) {
            return JsonReaders.nullable(into, json((BytesColumnBuilder) into, from));
        }
        if (type == DataType.BYTES) {
            return JsonReaders.nullable(into, bytes((BytesColumnBuilder) into, form(from)));
        }
        return type == DataType.STRING
                ? JsonReaders.nullable(into, string((BytesColumnBuilder) into, from))
                : JsonReaders.of(type, into, unknown);
    }

    private JsonReader struct(DataType.Struct type, StructColumnBuilder into, ConnectType from) {
        List<ColumnBuilder> builders = new ArrayList<>();
        for (int i = 0; i < type.fields().size(); i++) {
            builders.add(into.field(i));
        }
        return JsonReaders.struct(
                into,
                new ObjectReader(
                        type.fields(),
                        builders,
                        unknown,
                        (field, builder) -> value(field.type(), builder, from.field(field.name()))));
    }

    /** An object, or a string that holds one: hstore comes in either way. */
    private JsonReader map(DataType.MapOf type, MapColumnBuilder into, ConnectType from) {
        JsonReader object = JsonReaders.map(type, into, value(type.value(), into.values(), from.elements()));
        JsonScanner inside = new JsonScanner();
        return in -> {
            if (in.peek() != '"') {
                object.read(in);
                return;
            }
            in.readString();
            inside.start(in.stringBytes(), in.stringFrom(), in.stringTo());
            object.read(inside);
            inside.requireEnd();
        };
    }

    private JsonReader decimal(DataType.Decimal type, ColumnBuilder into, ConnectType from) {
        JsonReader numbers = JsonReaders.of(type, into, unknown);
        TextReader digits = TextReader.of(type, into);
        DecimalReader precise = new DecimalReader(type, into, from);
        boolean encoded = isEncodedDecimal(from);
        return in -> {
            int next = in.peek();
            if (next == '{') {
                precise.readScaled(in);
            } else if (next != '"') {
                numbers.read(in);
            } else if (encoded) {
                in.readString();
                precise.readUnscaled(in);
            } else {
                in.readString();
                digits.append(in.stringBytes(), in.stringFrom(), in.stringTo());
            }
        };
    }

    private boolean isEncodedDecimal(ConnectType from) {
        return from.isKnown() ? from.kind().equals("bytes") : values.decimals() == Decimals.PRECISE;
    }

    private JsonReader string(BytesColumnBuilder into, ConnectType from) {
        boolean decimal = from.name().equals(ConnectType.DECIMAL);
        DecimalText digits = new DecimalText(into, from);
        return in -> {
            int next = in.peek();
            if (next == '{' && (from.name().equals(ConnectType.VARIABLE_SCALE_DECIMAL) || !from.isKnown())) {
                digits.readScaled(in);
                return;
            }
            if (next != '"') {
                throw in.unexpected("string");
            }
            in.readString();
            if (decimal) {
                digits.readUnscaled(in);
            } else {
                into.append(in.stringBytes(), in.stringFrom(), in.stringTo() - in.stringFrom());
            }
        };
    }

    /** Whatever Debezium is told, what its schema calls bytes is base64: what is not, it calls a string. */
    private DebeziumOptions.Binaries form(ConnectType from) {
        return from.kind().equals("bytes") ? DebeziumOptions.Binaries.BASE64 : values.binaries();
    }

    private static JsonReader bytes(BytesColumnBuilder into, DebeziumOptions.Binaries form) {
        return in -> {
            if (in.peek() != '"') {
                throw in.unexpected("bytes");
            }
            in.readString();
            byte[] value = Binary.bytes(form, in.stringBytes(), in.stringFrom(), in.stringTo());
            into.append(value, 0, value.length);
        };
    }

    /** A json value comes as a string that holds its text; what comes as anything else is json as it stands. */
    private static JsonReader json(BytesColumnBuilder into, ConnectType from) {
        boolean text = !from.isKnown() || from.name().equals(ConnectType.JSON);
        JsonScanner inside = new JsonScanner();
        return in -> {
            int next = in.peek();
            if (next == '"' && text) {
                in.readString();
                inside.start(in.stringBytes(), in.stringFrom(), in.stringTo());
                inside.skipValue();
                inside.requireEnd();
                into.append(in.stringBytes(), in.stringFrom(), in.stringTo() - in.stringFrom());
            } else {
                int start = in.position();
                in.skipValue();
                into.append(in.text(), start, in.position() - start);
            }
        };
    }

    private JsonReader timestamp(DataType.Timestamp type, LongColumnBuilder into, ConnectType from) {
        long perSecond = unit(from).perSecond();
        long wanted = TimeText.perSecond(type);
        return in -> {
            int next = in.peek();
            if (next == '"') {
                in.readString();
                int to = type.zoned() ? in.stringTo() : withoutZone(in);
                into.append(TimeText.timestamp(type, in.stringBytes(), in.stringFrom(), to));
            } else if (isNumber(next)) {
                into.append(TimeText.inUnits(in.readWholeNumber(), perSecond, wanted));
            } else {
                throw in.unexpected(type.text());
            }
        };
    }

    private static JsonReader date(IntColumnBuilder into) {
        return in -> {
            int next = in.peek();
            if (next == '"') {
                in.readString();
                into.append(TimeText.date(in.stringBytes(), in.stringFrom(), withoutZone(in)));
            } else if (isNumber(next)) {
                into.append(in.readInt());
            } else {
                throw in.unexpected("date");
            }
        };
    }

    private JsonReader time(LongColumnBuilder into, ConnectType from) {
        long perSecond = unit(from).perSecond();
        return in -> {
            int next = in.peek();
            if (next == '"') {
                in.readString();
                into.append(TimeText.time(in.stringBytes(), in.stringFrom(), withoutZone(in)));
            } else if (isNumber(next)) {
                into.append(TimeText.ofDay(TimeText.inUnits(in.readWholeNumber(), perSecond, 1_000_000)));
            } else {
                throw in.unexpected("time");
            }
        };
    }

    /** The end of the last string without a Z: Debezium writes UTC behind what has no zone, or has lost it. */
    private static int withoutZone(JsonScanner in) {
        int last = in.stringTo() - 1;
        return last >= in.stringFrom() && in.stringBytes()[last] == 'Z' ? last : last + 1;
    }

    private static boolean isNumber(int next) {
        return next == '-' || (next >= '0' && next <= '9');
    }

    private DebeziumOptions.TimeUnit unit(ConnectType from) {
        if (from.name().startsWith("io.debezium.time.Micro")) {
            return DebeziumOptions.TimeUnit.MICROS;
        }
        if (from.name().startsWith("io.debezium.time.Nano")) {
            return DebeziumOptions.TimeUnit.NANOS;
        }
        return from.name().isEmpty() ? values.times() : DebeziumOptions.TimeUnit.MILLIS;
    }
}
