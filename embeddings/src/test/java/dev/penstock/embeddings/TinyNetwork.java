package dev.penstock.embeddings;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a network in ONNX format that gives its input back. */
final class TinyNetwork {
    static final int FLOAT = 1;
    static final int INT32 = 6;
    static final int INT64 = 7;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private TinyNetwork() {}

    /** A network of one input and one output of the same type, and three dimensions of which the last one is fixed. */
    static byte[] of(String input, String output, int type, int lastDimension) {
        TinyNetwork node = new TinyNetwork().text(1, input).text(2, output).text(4, "Identity");
        TinyNetwork graph = new TinyNetwork()
                .message(1, node)
                .text(2, "tiny")
                .message(11, value(input, type, lastDimension))
                .message(12, value(output, type, lastDimension));
        return new TinyNetwork()
                .number(1, 8)
                .message(7, graph)
                .message(8, new TinyNetwork().number(2, 13))
                .bytes
                .toByteArray();
    }

    private static TinyNetwork value(String name, int type, int lastDimension) {
        TinyNetwork shape = new TinyNetwork()
                .message(1, new TinyNetwork().text(2, "batch"))
                .message(1, new TinyNetwork().text(2, "tokens"))
                .message(1, new TinyNetwork().number(1, lastDimension));
        TinyNetwork tensor = new TinyNetwork().number(1, type).message(2, shape);
        return new TinyNetwork().text(1, name).message(2, new TinyNetwork().message(1, tensor));
    }

    private TinyNetwork number(int field, int value) {
        varint(field << 3);
        varint(value);
        return this;
    }

    private TinyNetwork text(int field, String value) {
        return delimited(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private TinyNetwork message(int field, TinyNetwork value) {
        return delimited(field, value.bytes.toByteArray());
    }

    private TinyNetwork delimited(int field, byte[] value) {
        varint((field << 3) | 2);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private void varint(int value) {
        int rest = value;
        for (; rest > 0x7f; rest >>>= 7) {
            bytes.write((rest & 0x7f) | 0x80);
        }
        bytes.write(rest);
    }
}
