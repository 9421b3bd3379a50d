package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.penstock.spi.data.BooleanColumnBuilder;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.IntColumnBuilder;
import dev.penstock.spi.data.LongColumnBuilder;
import java.util.Base64;
import java.util.UUID;

/** The readers of the types, and what they have in common. */
final class TextReaders {
    private static final int UUID_LENGTH = 36;

    private TextReaders() {}

    static TextReader of(DataType type, ColumnBuilder into) {
        if (type instanceof DataType.Scalar scalar) {
            return ofScalar(scalar, into);
        }
        if (type instanceof DataType.Timestamp timestamp) {
            return timestamp(timestamp, (LongColumnBuilder) into);
        }
        if (type instanceof DataType.Decimal) {
            return NumberReader.of(type, into);
        }
        return new NestedTextReader(JsonReaders.of(type, into, JsonReaders.Unknown.IGNORE));
    }

    private static TextReader ofScalar(DataType.Scalar type, ColumnBuilder into) {
        return switch (type) {
            case BOOLEAN -> truth((BooleanColumnBuilder) into);
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64 -> NumberReader.of(type, into);
            case STRING -> string((BytesColumnBuilder) into);
            case JSON -> new NestedTextReader(JsonReaders.of(type, into, JsonReaders.Unknown.IGNORE));
            case BYTES -> base64((BytesColumnBuilder) into);
            case UUID -> uuid((BytesColumnBuilder) into);
            case DATE -> {
                IntColumnBuilder ints = (IntColumnBuilder) into;
                yield (text, from, to) -> ints.append(TimeText.date(text, from, to));
            }
            case TIME -> {
                LongColumnBuilder longs = (LongColumnBuilder) into;
                yield (text, from, to) -> longs.append(TimeText.time(text, from, to));
            }
        };
    }

    private static TextReader timestamp(DataType.Timestamp type, LongColumnBuilder into) {
        NumberScanner number = new NumberScanner();
        return (text, from, to) -> {
            if (isWhole(text, from, to)) {
                number.scanAll(text, from, to);
                into.append(TimeText.ofMillis(type, number.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE)));
            } else {
                into.append(TimeText.timestamp(type, text, from, to));
            }
        };
    }

    private static boolean isWhole(byte[] text, int from, int to) {
        int first = from < to && text[from] == '-' ? from + 1 : from;
        int at = first;
        while (at < to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at == to && at > first;
    }

    private static TextReader truth(BooleanColumnBuilder into) {
        return (text, from, to) -> {
            boolean value = equals("true", text, from, to);
            if (!value && !equals("false", text, from, to)) {
                throw new ValueException("expected true or false, found other text");
            }
            into.append(value);
        };
    }

    static boolean equals(String word, byte[] text, int from, int to) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static TextReader string(BytesColumnBuilder into) {
        return (text, from, to) -> {
            if (!Utf8.isValid(text, from, to)) {
                throw new ValueException("expected text, found bytes that are not UTF-8");
            }
            into.append(text, from, to - from);
        };
    }

    private static TextReader base64(BytesColumnBuilder into) {
        return (text, from, to) -> {
            byte[] value;
            try {
                value = Base64.getDecoder().decode(java.util.Arrays.copyOfRange(text, from, to));
            } catch (IllegalArgumentException e) {
                throw new ValueException("expected bytes in base64, found other text");
            }
            into.append(value, 0, value.length);
        };
    }

    private static TextReader uuid(BytesColumnBuilder into) {
        return (text, from, to) -> {
            try {
                if (to - from != UUID_LENGTH) {
                    throw new IllegalArgumentException();
                }
                into.appendValue(UUID.fromString(new String(text, from, UUID_LENGTH, ISO_8859_1)));
            } catch (IllegalArgumentException e) {
                throw new ValueException("expected a uuid, found other text");
            }
        };
    }

    /** Values that are not scalars stand in text as JSON. */
    private record NestedTextReader(JsonReader reader, JsonScanner scanner) implements TextReader {
        NestedTextReader(JsonReader reader) {
            this(reader, new JsonScanner());
        }

        @Override
        public void append(byte[] text, int from, int to) {
            scanner.start(text, from, to);
            reader.read(scanner);
            scanner.requireEnd();
        }
    }
}
