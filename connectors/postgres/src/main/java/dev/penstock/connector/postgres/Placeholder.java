package dev.penstock.connector.postgres;

import dev.penstock.spi.data.DataType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.StringJoiner;
import java.util.UUID;

/** What stands in JSON for a value that did not change and is not known: in the forms that Debezium gives it. */
final class Placeholder {
    private static final String TEXT = "__debezium_unavailable_value";

    private Placeholder() {}

    /** The form in a column of {@code type}, as JSON. */
    static String of(DataType type) {
        if (type == DataType.BYTES) {
            return quoted(Base64.getEncoder().encodeToString(bytes()));
        }
        if (type instanceof DataType.MapOf) {
            return "{" + quoted(TEXT) + ":" + quoted(TEXT) + "}";
        }
        return type instanceof DataType.ListOf list ? "[" + element(list.element()) + "]" : quoted(TEXT);
    }

    private static String element(DataType type) {
        if (type == DataType.BYTES) {
            return of(type);
        }
        if (type == DataType.UUID) {
            return quoted(UUID.nameUUIDFromBytes(bytes()).toString());
        }
        if (type == DataType.INT16 || type == DataType.INT32 || type == DataType.INT64) {
            StringJoiner numbers = new StringJoiner(",");
            for (byte each : bytes()) {
                numbers.add(String.valueOf(each));
            }
            return numbers.toString();
        }
        return quoted(TEXT);
    }

    private static byte[] bytes() {
        return TEXT.getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
