package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Bytes as text, in the forms that Debezium knows. */
final class Binary {
    private Binary() {}

    static String text(DebeziumOptions.Binaries form, byte[] bytes) {
        return switch (form) {
            case BASE64 -> Base64.getEncoder().encodeToString(bytes);
            case BASE64_URL_SAFE -> Base64.getUrlEncoder().encodeToString(bytes);
            case HEX -> HexFormat.of().formatHex(bytes);
        };
    }

    static byte[] bytes(DebeziumOptions.Binaries form, byte[] text, int from, int to) {
        try {
            byte[] taken = Arrays.copyOfRange(text, from, to);
            return switch (form) {
                case BASE64 -> Base64.getDecoder().decode(taken);
                case BASE64_URL_SAFE -> Base64.getUrlDecoder().decode(taken);
                case HEX -> HexFormat.of().parseHex(new String(taken, ISO_8859_1));
            };
        } catch (IllegalArgumentException e) {
            throw new ValueException("expected bytes in "
                    + (form == DebeziumOptions.Binaries.HEX ? "hexadecimal digits" : "base64") + ", found other text");
        }
    }
}
