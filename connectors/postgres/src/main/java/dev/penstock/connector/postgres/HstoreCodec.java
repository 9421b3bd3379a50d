package dev.penstock.connector.postgres;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.MapColumn;
import dev.penstock.spi.data.MapColumnBuilder;

/** The extension hstore: texts by texts, which may be null. */
enum HstoreCodec implements ValueCodec {
    INSTANCE;

    @Override
    public ValueReader binaryReader(ColumnBuilder into) {
        MapColumnBuilder maps = (MapColumnBuilder) into;
        BytesColumnBuilder keys = (BytesColumnBuilder) maps.keys();
        BytesColumnBuilder values = (BytesColumnBuilder) maps.values();
        return (bytes, from, length) -> {
            int count = CopyBuffer.intAt(bytes, from);
            int at = from + Integer.BYTES;
            for (int i = 0; i < count; i++) {
                at = readText(bytes, at, keys);
                at = readText(bytes, at, values);
            }
            maps.endMap();
        };
    }

    private static int readText(byte[] bytes, int from, BytesColumnBuilder into) {
        int size = CopyBuffer.intAt(bytes, from);
        if (size < 0) {
            into.appendNull();
            return from + Integer.BYTES;
        }
        into.append(bytes, from + Integer.BYTES, size);
        return from + Integer.BYTES + size;
    }

    @Override
    public ValueReader textReader(ColumnBuilder into) {
        MapColumnBuilder maps = (MapColumnBuilder) into;
        BytesColumnBuilder keys = (BytesColumnBuilder) maps.keys();
        BytesColumnBuilder values = (BytesColumnBuilder) maps.values();
        return (bytes, from, length) -> {
            int end = from + length;
            // "key"=>"value", "key"=>NULL
            for (int at = from; at < end; at += 2) {
                at = readQuoted(bytes, at, end, keys) + 2;
                at = readQuoted(bytes, at, end, values);
            }
            maps.endMap();
        };
    }

    private static int readQuoted(byte[] bytes, int from, int end, BytesColumnBuilder into) {
        if (bytes[from] != '"') {
            into.appendNull();
            return from + "NULL".length();
        }
        int start = into.reserve(end - from);
        byte[] data = into.data();
        int to = start;
        int at = from + 1;
        while (at < end && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 1 : 0;
            data[to++] = bytes[at++];
        }
        into.endValue(to);
        return at + 1;
    }

    @Override
    public ValueWriter writer(Column from) {
        MapColumn maps = (MapColumn) from;
        ValueWriter keys = BytesCodec.TEXT.writer(maps.keys());
        BytesColumn texts = (BytesColumn) maps.values();
        ValueWriter values = BytesCodec.TEXT.writer(texts);
        return (row, out) -> {
            int first = maps.offsets()[row];
            int end = maps.offsets()[row + 1];
            int start = out.beginValue();
            out.putInt(end - first);
            for (int i = first; i < end; i++) {
                keys.write(i, out);
                if (texts.isNull(i)) {
                    out.putNull();
                } else {
                    values.write(i, out);
                }
            }
            out.endValue(start);
        };
    }
}
