package dev.penstock.format.protobuf;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The entries of a map as ranges of bytes; of entries with one key, the last one counts. */
final class MapEntries {
    private static final int KEY = 1;

    private final byte[] data;
    private final Map<ByteBuffer, int[]> last = new LinkedHashMap<>();
    private final ProtoInput in = new ProtoInput();

    MapEntries(byte[] data) {
        this.data = data;
    }

    /** Adds the entry in bytes {@code from} to {@code to - 1} of {@code bytes}. */
    void add(byte[] bytes, int from, int to) {
        in.start(bytes, from, to);
        ByteBuffer key = ByteBuffer.wrap(data, from, 0);
        while (!in.atEnd()) {
            int tag = in.readTag();
            int start = in.position();
            in.skip(tag);
            if (tag >>> 3 == KEY) {
                key = ByteBuffer.wrap(data, start, in.position() - start);
            }
        }
        last.put(key, new int[] {from, to});
    }

    void forEachLast(Consumer<int[]> entry) {
        last.values().forEach(entry);
    }
}
