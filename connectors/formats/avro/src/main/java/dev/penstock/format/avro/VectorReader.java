package dev.penstock.format.avro;

import dev.penstock.format.registry.AvroInput;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.FixedListColumnBuilder;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.format.BadRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;

/** Reads arrays of numbers into vectors. */
record VectorReader(
        DataType.FixedList type, FixedListColumnBuilder into, ColumnBuilder elements, ValueReader element, int smallest)
        implements ValueReader {
    static Optional<ValueReader> of(Schema writer, DataType.FixedList type, ColumnBuilder into) {
        if (writer.getType() != Schema.Type.ARRAY) {
            return Optional.empty();
        }
        Schema element = writer.getElementType();
        ColumnBuilder elements = ColumnBuilder.of(type.element(), type.size());
        return ScalarReaders.of(element, type.element(), elements)
                .map(reader -> new VectorReader(
                        type, (FixedListColumnBuilder) into, elements, reader, SmallestSize.of(element)));
    }

    @Override
    public void read(AvroInput in) {
        elements.truncate(0);
        for (long count = in.readBlock(smallest); count != 0; count = in.readBlock(smallest)) {
            if (elements.size() + count > type.size()) {
                throw wrongSize();
            }
            for (long i = 0; i < count; i++) {
                element.read(in);
            }
        }
        if (elements.size() != type.size()) {
            throw wrongSize();
        }
        append(elements.build());
    }

    private BadRecordException wrongSize() {
        return new BadRecordException("expected " + type.text() + ", found another number of elements");
    }

    private void append(Column vector) {
        if (vector instanceof FloatColumn floats) {
            into.append(floats.values());
            return;
        }
        List<Object> values = new ArrayList<>(type.size());
        for (int i = 0; i < type.size(); i++) {
            values.add(Objects.requireNonNull(vector.value(i), "element"));
        }
        into.appendValue(values);
    }
}
