package dev.penstock.embeddings;

import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Column;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names the chunks of one document by what they say: the hash of the document's key, the text, and how many chunks
 * before it say the same. So a name holds as long as its text does, whatever is edited elsewhere.
 */
final class ChunkIds {
    private static final int ID_BYTES = 16;

    private final MessageDigest digest = ModelDigest.sha256();
    private final List<byte[]> key;
    private final Map<String, Integer> seen = new HashMap<>();

    ChunkIds(List<Column> keyColumns, int row) {
        this.key = keyColumns.stream().map(column -> bytes(column.value(row))).toList();
    }

    // The text of long bytes is cut short, and would be the same for many.
    private static byte[] bytes(@Nullable Object value) {
        return value instanceof Bytes bytes
                ? bytes.toArray()
                : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    }

    String next(String text) {
        int occurrence = seen.merge(text, 1, Integer::sum);
        key.forEach(this::update);
        update(text.getBytes(StandardCharsets.UTF_8));
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, occurrence));
        return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    }

    // With its length, so that two keys in a row cannot be taken for two others.
    private void update(byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }
}
