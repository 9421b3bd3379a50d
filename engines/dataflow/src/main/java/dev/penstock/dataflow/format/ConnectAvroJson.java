package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.dataflow.format.ConnectAvro.Json;
import dev.penstock.format.registry.AvroInput;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The ways from values in Avro to the JSON that Kafka Connect writes for them. */
final class ConnectAvroJson {
    private ConnectAvroJson() {}

    static Json primitive(String type) {
        return switch (type) {
            case "null" -> (in, out) -> out.put(JsonStrings.NULL);
            case "boolean" -> (in, out) -> out.put(in.readBoolean() ? "true" : "false");
            case "int" -> (in, out) -> out.putLong(in.readInt());
            case "long" -> (in, out) -> out.putLong(in.readLong());
            case "float" ->
                (in, out) -> {
                    float value = in.readFloat();
                    floating(Float.toString(value), Float.isFinite(value), out);
                };
            case "double" ->
                (in, out) -> {
                    double value = in.readDouble();
                    floating(Double.toString(value), Double.isFinite(value), out);
                };
            case "string" ->
                (in, out) -> {
                    int length = in.readInt();
                    int from = in.take(length);
                    JsonStrings.put(in.data(), from, from + length, out);
                };
            case "bytes" -> (in, out) -> base64(in.readInt(), in, out);
            default -> throw new ValueException("its schema has a type '" + type + "' that is not there");
        };
    }

    private static void floating(String text, boolean bare, ByteOutput out) {
        out.put(bare ? text : "\"" + text + "\"");
    }

    private static void base64(int length, AvroInput in, ByteOutput out) {
        int from = in.take(length);
        out.put('"');
        out.put(Base64.getEncoder().encode(Arrays.copyOfRange(in.data(), from, from + length)));
        out.put('"');
    }

    static Json fixed(int size) {
        return (in, out) -> base64(size, in, out);
    }

    static Json symbols(List<String> symbols) {
        byte[][] quoted = symbols.stream()
                .map(symbol -> JsonStrings.quoted(symbol).getBytes(UTF_8))
                .toArray(byte[][]::new);
        return (in, out) -> out.put(quoted[in.readIndex(quoted.length, "a symbol")]);
    }

    static Json union(List<ConnectAvro> branches) {
        Json[] all = branches.stream().map(ConnectAvro::json).toArray(Json[]::new);
        return (in, out) -> all[in.readIndex(all.length, "a branch")].write(in, out);
    }

    static Json array(ConnectAvro element) {
        Json json = element.json();
        return (in, out) -> {
            out.put('[');
            boolean first = true;
            for (long count = in.readBlock(element.smallest()); count != 0; count = in.readBlock(element.smallest())) {
                for (long i = 0; i < count; i++) {
                    if (!first) {
                        out.put(',');
                    }
                    first = false;
                    json.write(in, out);
                }
            }
            out.put(']');
        };
    }

    static Json map(ConnectAvro value) {
        Json key = primitive("string");
        int smallest = 1 + value.smallest();
        return (in, out) -> {
            out.put('{');
            boolean first = true;
            for (long count = in.readBlock(smallest); count != 0; count = in.readBlock(smallest)) {
                for (long i = 0; i < count; i++) {
                    if (!first) {
                        out.put(',');
                    }
                    first = false;
                    key.write(in, out);
                    out.put(':');
                    value.json().write(in, out);
                }
            }
            out.put('}');
        };
    }

    static Json struct(Map<String, ConnectAvro> fields) {
        byte[][] names = fields.keySet().stream().map(JsonWriter::prefix).toArray(byte[][]::new);
        Json[] values = fields.values().stream().map(ConnectAvro::json).toArray(Json[]::new);
        return (in, out) -> {
            in.enter();
            out.put('{');
            for (int field = 0; field < names.length; field++) {
                if (field > 0) {
                    out.put(',');
                }
                out.put(names[field]);
                values[field].write(in, out);
            }
            out.put('}');
            in.leave();
        };
    }
}
