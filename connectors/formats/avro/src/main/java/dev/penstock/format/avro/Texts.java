package dev.penstock.format.avro;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.format.registry.AvroInput;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.format.BadRecordException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;

/** Makes readers of strings, bytes and identifiers. */
final class Texts {
    private static final int UUID_BYTES = 16;
    private static final int UUID_TEXT = 36;

    private Texts() {}

    static Optional<ValueReader> string(Schema writer, BytesColumnBuilder into) {
        return switch (writer.getType()) {
            case STRING, BYTES ->
                Optional.of(in -> {
                    int length = length(in);
                    int from = in.take(length);
                    if (!Utf8.isValid(in.data(), from, length)) {
                        throw new BadRecordException("is not UTF-8");
                    }
                    into.append(in.data(), from, length);
                });
            case ENUM -> Optional.of(symbols(writer, into));
            default -> Optional.empty();
        };
    }

    /** The length that comes next, which {@link AvroInput#take} will compare with what is there. */
    static int length(AvroInput in) {
        long length = in.readLong();
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new BadRecordException(length < 0 ? "has a negative length" : "ends early");
        }
        return (int) length;
    }

    private static ValueReader symbols(Schema writer, BytesColumnBuilder into) {
        byte[][] symbols = writer.getEnumSymbols().stream()
                .map(symbol -> symbol.getBytes(UTF_8))
                .toArray(byte[][]::new);
        return in -> {
            byte[] symbol = symbols[in.readIndex(symbols.length, "a symbol")];
            into.append(symbol, 0, symbol.length);
        };
    }

    static Optional<ValueReader> bytes(Schema writer, BytesColumnBuilder into) {
        return switch (writer.getType()) {
            case STRING, BYTES ->
                Optional.of(in -> {
                    int length = length(in);
                    into.append(in.data(), in.take(length), length);
                });
            case FIXED -> {
                int size = writer.getFixedSize();
                yield Optional.of(in -> into.append(in.data(), in.take(size), size));
            }
            default -> Optional.empty();
        };
    }

    static Optional<ValueReader> uuid(Schema writer, BytesColumnBuilder into) {
        if (writer.getType() == Schema.Type.FIXED && writer.getFixedSize() == UUID_BYTES) {
            return bytes(writer, into);
        }
        if (writer.getType() != Schema.Type.STRING) {
            return Optional.empty();
        }
        return Optional.of(in -> {
            int length = length(in);
            int from = in.take(length);
            UUID id = parse(new String(in.data(), from, Math.min(length, UUID_TEXT + 1), ISO_8859_1));
            int at = into.reserve(UUID_BYTES);
            ByteBuffer.wrap(into.data(), at, UUID_BYTES)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits());
            into.endValue(at + UUID_BYTES);
        });
    }

    private static UUID parse(String text) {
        try {
            if (text.length() == UUID_TEXT) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for texts of another length.
        }
        throw new BadRecordException("expected uuid, found another text");
    }
}
