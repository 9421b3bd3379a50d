package dev.penstock.connector.postgres;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.StructColumn;
import dev.penstock.spi.data.StructColumnBuilder;
import java.util.List;

/** Composite types as structs. */
record CompositeCodec(List<PostgresType> types) implements ValueCodec {
    CompositeCodec {
        types = List.copyOf(types);
    }

    @Override
    public boolean hasBinary() {
        return types.stream().allMatch(type -> type.codec().hasBinary());
    }

    @Override
    public ValueReader binaryReader(ColumnBuilder into) {
        StructColumnBuilder structs = (StructColumnBuilder) into;
        ValueReader[] readers = new ValueReader[types.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = types.get(i).codec().binaryReader(structs.field(i));
        }
        return (bytes, from, length) -> {
            if (CopyBuffer.intAt(bytes, from) != readers.length) {
                throw changed();
            }
            int at = from + Integer.BYTES;
            for (int i = 0; i < readers.length; i++) {
                int size = CopyBuffer.intAt(bytes, at + Integer.BYTES);
                at += 2 * Integer.BYTES;
                if (size < 0) {
                    structs.field(i).appendNull();
                } else {
                    readers[i].read(bytes, at, size);
                    at += size;
                }
            }
            structs.endStruct();
        };
    }

    @Override
    public ValueReader textReader(ColumnBuilder into) {
        StructColumnBuilder structs = (StructColumnBuilder) into;
        ValueReader[] readers = new ValueReader[types.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = types.get(i).codec().textReader(structs.field(i));
        }
        return new CompositeText(structs, readers)::read;
    }

    static ValueException changed() {
        return new ValueException("it has another number of fields than its type had when reading began");
    }

    @Override
    public ValueWriter writer(Column from) {
        StructColumn structs = (StructColumn) from;
        ValueWriter[] writers = new ValueWriter[types.size()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = types.get(i).codec().writer(structs.fields().get(i));
        }
        return (row, out) -> {
            int start = out.beginValue();
            out.putInt(writers.length);
            for (int i = 0; i < writers.length; i++) {
                out.putInt(types.get(i).oid());
                if (structs.fields().get(i).isNull(row)) {
                    out.putNull();
                } else {
                    writers[i].write(row, out);
                }
            }
            out.endValue(start);
        };
    }
}
