package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.data.DataType;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;

/** The forms in which Debezium writes that a value did not change and is not known. */
final class Unavailable {
    private final String placeholder;
    private final DebeziumOptions.Binaries binaries;

    Unavailable(String placeholder, DebeziumOptions.Binaries binaries) {
        this.placeholder = placeholder;
        this.binaries = binaries;
    }

    /** The forms for values that go into columns of {@code type}, as they stand in JSON; none if there are none. */
    byte[][] forms(DataType type) {
        String text = JsonStrings.quoted(placeholder);
        String pair = "{" + text + ":" + text + "}";
        List<String> forms = List.of();
        if (type == DataType.STRING) {
            forms = List.of(text);
        } else if (type == DataType.JSON) {
            forms = List.of(text, JsonStrings.quoted(pair));
        } else if (type == DataType.BYTES) {
            forms = List.of(JsonStrings.quoted(Binary.text(binaries, placeholder.getBytes(UTF_8))));
        } else if (type instanceof DataType.MapOf) {
            forms = List.of(pair, JsonStrings.quoted(pair));
        } else if (type instanceof DataType.ListOf list) {
            forms = List.of("[" + element(list.element()) + "]");
        }
        return forms.stream().map(form -> form.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    private String element(DataType type) {
        byte[] bytes = placeholder.getBytes(UTF_8);
        if (type == DataType.BYTES) {
            return JsonStrings.quoted(Binary.text(binaries, bytes));
        }
        if (type == DataType.UUID) {
            return JsonStrings.quoted(UUID.nameUUIDFromBytes(bytes).toString());
        }
        if (type == DataType.INT16 || type == DataType.INT32 || type == DataType.INT64) {
            StringJoiner numbers = new StringJoiner(",");
            for (byte each : bytes) {
                numbers.add(String.valueOf(each));
            }
            return numbers.toString();
        }
        return JsonStrings.quoted(placeholder);
    }
}
