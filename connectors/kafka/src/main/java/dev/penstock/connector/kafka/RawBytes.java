package dev.penstock.connector.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Hands out what was fetched without copying it: the rows copy it once, into their column. */
final class RawBytes implements Deserializer<@Nullable ByteBuffer> {
    static final RawBytes INSTANCE = new RawBytes();

    private RawBytes() {}

    @Override
    public @Nullable ByteBuffer deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : ByteBuffer.wrap(data);
    }

    @Override
    public @Nullable ByteBuffer deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return data;
    }
}
