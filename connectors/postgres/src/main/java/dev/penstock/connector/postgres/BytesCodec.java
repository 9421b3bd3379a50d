package dev.penstock.connector.postgres;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;

/** Values that are bytes on both sides. */
enum BytesCodec implements ValueCodec {
    /** Text, and whatever the server sends as text in both forms. */
    TEXT {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            return ((BytesColumnBuilder) into)::append;
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            return ((BytesColumnBuilder) into)::append;
        }

        @Override
        public ValueWriter writer(Column from) {
            return bytes(from);
        }
    },
    /** Text behind a byte that is the version of the form, which is 1. */
    VERSIONED_TEXT {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            BytesColumnBuilder values = (BytesColumnBuilder) into;
            return (bytes, from, length) -> {
                if (bytes[from] != 1) {
                    throw new ValueException("its binary form has version " + bytes[from] + ", known is 1");
                }
                values.append(bytes, from + 1, length - 1);
            };
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            return ((BytesColumnBuilder) into)::append;
        }

        @Override
        public ValueWriter writer(Column from) {
            BytesColumn values = (BytesColumn) from;
            return (row, out) -> {
                out.putInt(values.length(row) + 1);
                out.putByte(1);
                out.putBytes(values.data(), values.start(row), values.length(row));
            };
        }
    },
    BYTEA {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            return ((BytesColumnBuilder) into)::append;
        }

        /** Two digits a byte, behind {@code \x}. */
        @Override
        public ValueReader textReader(ColumnBuilder into) {
            BytesColumnBuilder values = (BytesColumnBuilder) into;
            return (bytes, from, length) -> {
                int count = (length - 2) / 2;
                int at = values.reserve(count);
                byte[] data = values.data();
                for (int i = 0; i < count; i++) {
                    int digits = from + 2 + 2 * i;
                    data[at + i] =
                            (byte) (Character.digit(bytes[digits], 16) << 4 | Character.digit(bytes[digits + 1], 16));
                }
                values.endValue(at + count);
            };
        }

        @Override
        public ValueWriter writer(Column from) {
            return bytes(from);
        }
    },
    UUID {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            return ((BytesColumnBuilder) into)::append;
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            BytesColumnBuilder values = (BytesColumnBuilder) into;
            return (bytes, from, length) -> {
                int at = values.reserve(UUID_BYTES);
                byte[] data = values.data();
                int end = at + UUID_BYTES;
                for (int digits = from; at < end; digits += 2) {
                    digits += bytes[digits] == '-' ? 1 : 0;
                    data[at++] =
                            (byte) (Character.digit(bytes[digits], 16) << 4 | Character.digit(bytes[digits + 1], 16));
                }
                values.endValue(end);
            };
        }

        @Override
        public ValueWriter writer(Column from) {
            return bytes(from);
        }
    };

    private static final int UUID_BYTES = 16;

    private static ValueWriter bytes(Column from) {
        BytesColumn values = (BytesColumn) from;
        return (row, out) -> {
            out.putInt(values.length(row));
            out.putBytes(values.data(), values.start(row), values.length(row));
        };
    }
}
