package dev.penstock.dataflow.format;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.FixedListColumnBuilder;
import dev.penstock.spi.data.FloatColumn;
import java.util.ArrayList;
import java.util.List;

/** Reads vectors: as many numbers as the type says, none of them null. */
final class VectorReader implements JsonReader {
    private final DataType.FixedList type;
    private final FixedListColumnBuilder into;
    private final ColumnBuilder elements;
    private final NumberReader numbers;

    private VectorReader(DataType.FixedList type, FixedListColumnBuilder into, ColumnBuilder elements) {
        this.type = type;
        this.into = into;
        this.elements = elements;
        this.numbers = NumberReader.of(type.element(), elements);
    }

    static VectorReader of(DataType.FixedList type, FixedListColumnBuilder into) {
        return new VectorReader(type, into, ColumnBuilder.of(type.element(), type.size()));
    }

    @Override
    public void read(JsonScanner in) {
        elements.truncate(0);
        if (!in.accept('[')) {
            throw in.unexpected(type.text());
        }
        if (!in.accept(']')) {
            do {
                readElement(in);
            } while (in.accept(','));
            in.expect(']');
        }
        if (elements.size() != type.size()) {
            throw new ValueException("expected " + type.text() + ", found " + elements.size() + " elements");
        }
        append(elements.build());
    }

    private void readElement(JsonScanner in) {
        int next = in.peek();
        if (elements.size() == type.size()) {
            throw new ValueException("expected " + type.text() + ", found more elements");
        }
        if (next == '"') {
            in.readString();
            if (!numbers.appendSpecial(in.stringBytes(), in.stringFrom(), in.stringTo())) {
                throw new ValueException("expected " + type.text() + ", found a string in it");
            }
        } else if (next == '-' || (next >= '0' && next <= '9')) {
            in.readNumber(numbers);
        } else {
            throw in.unexpected(type.element().text());
        }
    }

    private void append(Column vector) {
        if (vector instanceof FloatColumn floats) {
            into.append(floats.values());
            return;
        }
        List<Object> values = new ArrayList<>(type.size());
        for (int i = 0; i < type.size(); i++) {
            values.add(java.util.Objects.requireNonNull(vector.value(i), "element"));
        }
        into.appendValue(values);
    }
}
