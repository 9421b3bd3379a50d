package dev.penstock.connector.postgres;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.ListColumn;
import dev.penstock.spi.data.ListColumnBuilder;

/**
 * Arrays as lists, one inside the other for each dimension. Where their subscripts begin is not kept.
 *
 * @param element the type of elements
 * @param dimensions what the column was declared with; the server does not hold values to it, this does
 * @param delimiter between elements in text
 */
record ArrayCodec(PostgresType element, int dimensions, char delimiter) implements ValueCodec {
    private static final int HEADER = 12;
    private static final int TEXT_OID = 25;
    private static final int DIMENSION_BYTES = 8;

    @Override
    public boolean hasBinary() {
        return element.codec().hasBinary();
    }

    /** The same with elements as text, which is what their binary form is where it is not understood. */
    ArrayCodec ofTexts() {
        return new ArrayCodec(
                new PostgresType(TEXT_OID, "text", "text", DataType.STRING, BytesCodec.TEXT), dimensions, ',');
    }

    /** The builders of lists from the outermost on. */
    private ListColumnBuilder[] levels(ColumnBuilder into) {
        ListColumnBuilder[] levels = new ListColumnBuilder[dimensions];
        ColumnBuilder builder = into;
        for (int i = 0; i < dimensions; i++) {
            levels[i] = (ListColumnBuilder) builder;
            builder = levels[i].elements();
        }
        return levels;
    }

    @Override
    public ValueReader binaryReader(ColumnBuilder into) {
        ListColumnBuilder[] levels = levels(into);
        ColumnBuilder values = levels[dimensions - 1].elements();
        BinaryReader reader = new BinaryReader(levels, values, element.codec().binaryReader(values));
        return reader::read;
    }

    @Override
    public ValueReader textReader(ColumnBuilder into) {
        ListColumnBuilder[] levels = levels(into);
        ColumnBuilder values = levels[dimensions - 1].elements();
        return new ArrayText(levels, values, element.codec().textReader(values), delimiter)::read;
    }

    @Override
    public ValueWriter writer(Column from) {
        ListColumn[] levels = new ListColumn[dimensions];
        Column column = from;
        for (int i = 0; i < dimensions; i++) {
            levels[i] = (ListColumn) column;
            column = levels[i].elements();
        }
        Column values = column;
        BinaryWriter writer = new BinaryWriter(levels, values, element.codec().writer(values), element.oid());
        return writer::write;
    }

    /** A value that is not of the dimensions it should be of. */
    static ValueException wrongDimensions(int found, int declared) {
        return new ValueException(
                "an array of " + found + " dimensions, where its column was declared with " + declared);
    }

    /** Reads the elements of one array after the other. */
    private static final class BinaryReader {
        private final ListColumnBuilder[] levels;
        private final ColumnBuilder values;
        private final ValueReader reader;
        private int at;

        BinaryReader(ListColumnBuilder[] levels, ColumnBuilder values, ValueReader reader) {
            this.levels = levels;
            this.values = values;
            this.reader = reader;
        }

        void read(byte[] bytes, int from, int length) {
            int found = CopyBuffer.intAt(bytes, from);
            if (found == 0) {
                levels[0].endList();
                return;
            }
            if (found != levels.length) {
                throw wrongDimensions(found, levels.length);
            }
            at = from + HEADER + found * DIMENSION_BYTES;
            readLevel(bytes, from + HEADER, 0);
        }

        private void readLevel(byte[] bytes, int sizes, int level) {
            int count = CopyBuffer.intAt(bytes, sizes + level * DIMENSION_BYTES);
            for (int i = 0; i < count; i++) {
                if (level == levels.length - 1) {
                    readElement(bytes);
                } else {
                    readLevel(bytes, sizes, level + 1);
                }
            }
            levels[level].endList();
        }

        private void readElement(byte[] bytes) {
            int length = CopyBuffer.intAt(bytes, at);
            at += Integer.BYTES;
            if (length < 0) {
                values.appendNull();
            } else {
                reader.read(bytes, at, length);
                at += length;
            }
        }
    }

    /** Writes one array after the other. */
    private static final class BinaryWriter {
        private final ListColumn[] levels;
        private final Column values;
        private final ValueWriter writer;
        private final int elementOid;
        private final int[] sizes;

        BinaryWriter(ListColumn[] levels, Column values, ValueWriter writer, int elementOid) {
            this.levels = levels;
            this.values = values;
            this.writer = writer;
            this.elementOid = elementOid;
            this.sizes = new int[levels.length];
        }

        void write(int row, CopyBuffer out) {
            boolean isEmpty = measure(row);
            int start = out.beginValue();
            out.putInt(isEmpty ? 0 : levels.length);
            out.putInt(1);
            out.putInt(elementOid);
            if (!isEmpty) {
                for (int size : sizes) {
                    out.putInt(size);
                    out.putInt(1);
                }
                writeLevel(0, row, out);
            }
            out.endValue(start);
        }

        /** Takes the sizes of the first list of each level, and says whether there is none. */
        private boolean measure(int row) {
            int list = row;
            for (int level = 0; level < levels.length; level++) {
                int[] offsets = levels[level].offsets();
                sizes[level] = offsets[list + 1] - offsets[list];
                if (sizes[level] == 0) {
                    if (level > 0) {
                        throw new ValueException("an array cannot hold empty lists");
                    }
                    return true;
                }
                list = offsets[list];
            }
            return false;
        }

        private void writeLevel(int level, int list, CopyBuffer out) {
            int[] offsets = levels[level].offsets();
            if (levels[level].isNull(list) || offsets[list + 1] - offsets[list] != sizes[level]) {
                throw new ValueException("the lists inside an array must all be of one size, and none of them null");
            }
            for (int i = offsets[list]; i < offsets[list + 1]; i++) {
                if (level < levels.length - 1) {
                    writeLevel(level + 1, i, out);
                } else if (values.isNull(i)) {
                    out.putNull();
                } else {
                    writer.write(i, out);
                }
            }
        }
    }
}
