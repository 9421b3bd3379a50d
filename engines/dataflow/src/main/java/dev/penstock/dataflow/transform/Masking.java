package dev.penstock.dataflow.transform;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.dataflow.format.ByteOutput;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.config.Secret;
import dev.penstock.spi.data.BytesColumn;

/** Writes masked values, from bytes to bytes. */
abstract class Masking {
    private final ByteOutput out = new ByteOutput(1 << 12);

    static Masking of(Config config) {
        return switch (config.get(MaskConnector.METHOD)) {
            case HASH -> new Hash(key(config.get(MaskConnector.SALT)));
            case PARTIAL -> new Partial(config.get(MaskConnector.KEEP));
            case REDACT -> new Redact(config.get(MaskConnector.WITH));
        };
    }

    private static String key(Secret salt) {
        try {
            String key = salt.reveal();
            if (!key.isEmpty()) {
                return key;
            }
        } catch (IllegalStateException e) {
            throw new ConfigException(
                    MaskConnector.SALT.name(), Problem.Code.CREDENTIALS, String.valueOf(e.getMessage()), "");
        }
        throw new ConfigException(
                MaskConnector.SALT.name(), Problem.Code.CREDENTIALS, "is empty", "give a key that nobody can guess");
    }

    /** {@code column} with its values masked; nulls stay. */
    BytesColumn mask(BytesColumn column) {
        int[] ends = new int[column.size() + 1];
        boolean allValid = column.validity().allValid();
        for (int row = 0; row < column.size(); row++) {
            if (allValid || !column.isNull(row)) {
                write(column.data(), column.start(row), column.start(row + 1), out);
            }
            ends[row + 1] = out.size();
        }
        return out.toColumn(column.type(), ends, column.validity());
    }

    abstract void write(byte[] value, int from, int to, ByteOutput masked);

    /** A keyed hash, so that nobody without the key can try out values. */
    private static final class Hash extends Masking {
        private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

        private final KeyedHash hash;
        private final byte[] digest = new byte[KeyedHash.BYTES];

        Hash(String key) {
            hash = new KeyedHash(key.getBytes(UTF_8));
        }

        @Override
        void write(byte[] value, int from, int to, ByteOutput masked) {
            hash.hash(value, from, to, digest);
            byte[] bytes = masked.ensure(2 * digest.length);
            int at = masked.size();
            for (byte each : digest) {
                bytes[at++] = HEX[each >> 4 & 0xF];
                bytes[at++] = HEX[each & 0xF];
            }
            masked.advance(2 * digest.length);
        }
    }

    /** A star for each character but the last ones; a value no longer than those is all stars. */
    private static final class Partial extends Masking {
        private final int keep;

        Partial(int keep) {
            this.keep = keep;
        }

        @Override
        void write(byte[] value, int from, int to, ByteOutput masked) {
            int characters = 0;
            for (int i = from; i < to; i++) {
                characters += i > from && isContinuation(value[i]) ? 0 : 1;
            }
            int hidden = characters > keep ? characters - keep : characters;
            int at = from;
            for (int i = 0; i < hidden; i++) {
                masked.put('*');
                at++;
                while (at < to && isContinuation(value[at])) {
                    at++;
                }
            }
            masked.put(value, at, to - at);
        }

        private static boolean isContinuation(byte value) {
            return (value & 0xC0) == 0x80;
        }
    }

    private static final class Redact extends Masking {
        private final byte[] text;

        Redact(String text) {
            this.text = text.getBytes(UTF_8);
        }

        @Override
        void write(byte[] value, int from, int to, ByteOutput masked) {
            masked.put(text);
        }
    }
}
